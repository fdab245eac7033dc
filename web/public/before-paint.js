// Runs before the first paint, so that a chosen theme, density or language never flashes the other one first, and asks at once for the files that
// the start will need after its first ones: on a slow line each of them would cost a round trip more.
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
    root.dataset.motion = read('motion') || 'system';
    root.style.fontSize = /^(115|130|150|200)$/.test(read('text')) ? read('text') + '%' : '';
    root.toggleAttribute('data-large-text', Number(read('text')) >= 150);
    var width = Number(read('list-width'));
    if (width) root.style.setProperty('--list-width', width + 'rem');
    var locale = read('locale');
    if (locale) {
      root.lang = locale;
      root.dir = /^(ar|fa|he|ur)/.test(locale) ? 'rtl' : 'ltr';
    }
  }
  function ask(files) {
    (files || '').split(' ').filter(Boolean).forEach(function (file) {
      var link = document.createElement('link');
      link.rel = 'modulepreload';
      link.href = file;
      document.head.append(link);
    });
  }
  apply();
  // The built page names the files; `vite dev` has none.
  var built = document.currentScript;
  var spoken = [read('locale')].concat((navigator.languages || []).map(function (language) { return language.split('-')[0]; }), 'en');
  ask(spoken.map(function (locale) { return locale && built.getAttribute('data-words-' + locale.toLowerCase()); }).find(Boolean));
  if (/^\/(cases(\/|$)|$)/.test(location.pathname)) ask(built.getAttribute('data-desk'));
  dark.addEventListener('change', apply);
  addEventListener('storage', apply);
  addEventListener('rapport:appearance', apply);
})();
