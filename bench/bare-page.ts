/** The least a browser can do for the same acts: a list of rows, a case, a field and a dialog in plain HTML with a dozen lines of script. What it costs is the browser's own share. */
export const BARE_PAGE = `<!doctype html><meta charset="utf-8"><style>body{margin:0;font:14px/21px sans-serif;display:flex;height:100vh}#list{width:320px;overflow:auto}#list div{height:76px;border-bottom:1px solid #ddd}main{flex:1}textarea{width:100%;height:120px}</style>
<div id="list" tabindex="0"></div><main><article></article><textarea></textarea></main><dialog><input></dialog>
<script>
  const list = document.querySelector('#list');
  list.innerHTML = Array.from({ length: 1200 }, (_, i) => '<div><b>Customer ' + i + '</b><br>Where is my parcel?<br>It was to arrive on Monday</div>').join('');
  let at = 0;
  addEventListener('keydown', (event) => {
    if (event.key === 'j' && event.target.tagName !== 'TEXTAREA') document.querySelector('article').innerHTML = '<p>Case ' + ++at + '</p>' + '<p>Some words of a customer who waits.</p>'.repeat(12);
    if (event.key === 'k' && event.ctrlKey) { event.preventDefault(); document.querySelector('dialog').showModal(); }
  });
</script>`;
