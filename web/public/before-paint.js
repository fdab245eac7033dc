// Runs before the first paint, so that a chosen theme, density or language never flashes the other one first.
// It is a file, not an inline script, because the content security policy allows none.
(function () {
  var root = document.documentElement;
  var dark = matchMedia('(prefers-color-scheme: dark)');
  function read(key) {
    try {
      return localStorage.getItem('rapport.' + key);
    } catch {
      return null;
    }
  }
  function apply() {
    var theme = read('theme');
    root.dataset.theme = theme === 'light' || theme === 'dark' ? theme : dark.matches ? 'dark' : 'light';
    root.dataset.density = read('density') || 'cosy';
    var locale = read('locale');
    if (locale) {
      root.lang = locale;
      root.dir = /^(ar|fa|he|ur)/.test(locale) ? 'rtl' : 'ltr';
    }
  }
  apply();
  dark.addEventListener('change', apply);
  addEventListener('storage', apply);
  addEventListener('rapport:appearance', apply);
})();
