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

  function copy (button, address) {
    function end (done) {
      if (done) say(button, '链接已复制')
      else window.prompt('请复制这个链接：', address)
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(address).then(
        function () { end(true) }, function () { end(copyByHand(address)) })
    } else end(copyByHand(address))
  }

  function send (button, address) {
    if (!navigator.share) return copy(button, address)
    navigator.share({ title: document.title, url: address }).catch(function (fault) {
      if (fault.name !== 'AbortError') copy(button, address)
    })
  }

  /* The address at the page's foot is the public one, also where the page was opened from a disk. */
  function share (button) {
    var foot = document.querySelector('.printed')
    var address = foot ? foot.querySelector('b').textContent : location.href
    if (foot && window.HTMLDialogElement) sheet(foot, address)
    else if (!foot && location.protocol === 'file:') say(button, '在本机上，没有网址')
    else send(button, address)
  }

  var opened = null
  function sheet (foot, address) {
    if (!opened) {
      opened = document.createElement('dialog')
      opened.className = 'sheet'
      opened.setAttribute('aria-label', '转发这一页')
      Array.prototype.forEach.call(foot.children, function (part) { opened.appendChild(part.cloneNode(true)) })
      var acts = opened.appendChild(document.createElement('p'))
      acts.className = 'acts'
      addButton(acts, '复制链接').addEventListener('click', function () { copy(this, address) })
      if (navigator.share) addButton(acts, '发给别人').addEventListener('click', function () { send(this, address) })
      addButton(acts, '关闭').addEventListener('click', function () { opened.close() })
      document.body.appendChild(opened)
    }
    opened.showModal()
  }

  function addButton (place, text) {
    var button = place.appendChild(document.createElement('button'))
    button.type = 'button'
    button.className = 'btn'
    button.textContent = text
    return button
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
