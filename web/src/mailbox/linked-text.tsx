import { Fragment } from 'react';

const address = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/g;

/** Text as it was written, with web addresses to follow: invitations and password links arrive here too while no mail server is connected. */
export function LinkedText({ text }: { text: string }) {
  return (
    <div dir="auto" className="max-w-[68ch] break-words whitespace-pre-wrap">
      {text.split(address).map((part, index) => (index % 2 === 1 ? <a key={index} href={part} target="_blank" rel="noopener noreferrer" className="text-accent underline underline-offset-2">{part}</a> : <Fragment key={index}>{part}</Fragment>))}
    </div>
  );
}
