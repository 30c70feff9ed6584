/* Switches, 转发, print, the current menu entry. A classic script without fetch: it also runs from a disk. */
(function () {
  'use strict'
  var root = document.documentElement
  var night = window.matchMedia ? matchMedia('(prefers-color-scheme: dark)') : { matches: false }
  var spoken = document.createElement('p')
  spoken.className = 'unseen'
  spoken.setAttribute('role', 'status')
  document.querySelector('.top').appendChild(spoken)

  function remember (name, value) {
    try { localStorage.setItem(name, value) } catch (e) { /* kept for this page only */ }
  }

  function dark () {
    var scheme = root.getAttribute('data-scheme')
    return scheme ? scheme === 'dark' : night.matches
  }

  function show () {
    each('[data-switch]', function (button) {
      var on = button.getAttribute('data-switch') === 'big' ? root.hasAttribute('data-big') : dark()
      button.setAttribute('aria-pressed', String(on))
    })
  }

  function each (selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act)
  }

  function say (button, text) {
    var label = button.textContent
    spoken.textContent = ''
    button.textContent = text
    setTimeout(function () { spoken.textContent = text }, 50)
    setTimeout(function () { button.textContent = label }, 3000)
  }

  function copyByHand (text) {
    var field = document.createElement('textarea')
    field.value = text
    field.className = 'unseen'
    document.body.appendChild(field)
    field.select()
    var done = false
    try { done = document.execCommand('copy') } catch (e) { /* told below */ }
    document.body.removeChild(field)
    return done
  }

  function copy (button) {
    function end (done) {
      if (done) say(button, '链接已复制')
      else window.prompt('请复制这个链接：', location.href)
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(location.href).then(
        function () { end(true) }, function () { end(copyByHand(location.href)) })
    } else end(copyByHand(location.href))
  }

  function share (button) {
    if (!navigator.share) return copy(button)
    navigator.share({ title: document.title, url: location.href }).catch(function (fault) {
      if (fault.name !== 'AbortError') copy(button)
    })
  }

  document.addEventListener('click', function (event) {
    var button = event.target.closest && event.target.closest('button')
    if (!button) return
    var name = button.getAttribute('data-switch')
    if (name === 'big') {
      var big = !root.hasAttribute('data-big')
      if (big) root.setAttribute('data-big', '')
      else root.removeAttribute('data-big')
      remember('big', big ? '1' : '0')
    } else if (name === 'scheme') {
      var scheme = dark() ? 'light' : 'dark'
      root.setAttribute('data-scheme', scheme)
      remember('scheme', scheme)
    } else if (button.hasAttribute('data-share')) share(button)
    else if (button.hasAttribute('data-print')) window.print()
    show()
  })
  if (night.addEventListener) night.addEventListener('change', show)
  show()

  // The menu entry of this folder; the filters stand open where there is room for them.
  each('.bar nav a', function (link) {
    var folder = link.pathname.replace(/index\.html$/, '')
    if (folder.length > 1 && location.pathname.indexOf(folder) === 0) link.setAttribute('aria-current', 'true')
  })
  if (window.matchMedia && matchMedia('(min-width: 60em)').matches) {
    each('details.facets', function (facets) { facets.open = true })
  }
})()
