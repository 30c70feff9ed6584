/* Before the first paint: the remembered colours and letter size. Blocking on purpose, and tiny. */
(function (root) {
  root.className = 'js'
  try {
    var scheme = localStorage.getItem('scheme')
    if (scheme === 'light' || scheme === 'dark') root.setAttribute('data-scheme', scheme)
    if (localStorage.getItem('big') === '1') root.setAttribute('data-big', '')
  } catch (e) { /* no storage: the system's colours, the usual size */ }
})(document.documentElement)
