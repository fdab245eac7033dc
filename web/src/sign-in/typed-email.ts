let typed = '';
/** The address typed on the sign-in, so that nobody types it again after forgetting the password. It stays out of the address bar. */
export const typedEmail = () => typed;
export const keepTypedEmail = (email: string) => {
  typed = email;
};
