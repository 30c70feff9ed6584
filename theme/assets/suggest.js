/* Suggestions while typing in any search box: societies, regions, terms, pages written by hand, and titles of activities.
   Nothing is loaded before the first key. The list of /activities/ asks it, too, for what is no activity. */
(function () {
  'use strict'
  const files = window.catalogFiles
  const MOST = 7
  const TITLES = 3
  const PAUSE = 150
  let entries = null
  let index = null

  /* lunr's index, put together again from the names and lunr's scores. */
  window.catalogSuggestions = function (table, scores, shown) {
    const lunr = window.lunr
    const fields = ['name', 'aliases']
    entries = shown.map(function (row) { return { kind: row[0], name: row[1], href: row[2], aliases: row[3], initials: row[4] } })
    const small = window.catalogEngine.smallIndex(shown.map(function (row) { return [row[1], row[3]] }), fields, table, scores)
    const inverted = Object.create(null)
    const vectors = Object.create(null)
    small.terms.forEach(function (term, number) { inverted[term] = { _index: number, name: {}, aliases: {} } })
    small.vectors.forEach(function (vector) {
      const held = vectors[vector[0] + '/' + vector[1]] = new lunr.Vector()
      vector[2].forEach(function (place, at) {
        held.insert(place, vector[3][at])
        inverted[small.terms[place]][vector[0]][vector[1]] = {}
      })
    })
    index = new lunr.Index({
      invertedIndex: inverted,
      fieldVectors: vectors,
      tokenSet: lunr.TokenSet.fromArray(small.terms.slice().sort()),
      fields: fields,
      pipeline: new lunr.Pipeline()
    })
  }

  /* Entries for a text, the best first. `loosely`: also those that share only a part with it. */
  function find (text, loosely) {
    return files.open().then(function () { return files.named('suggestions') }).then(function () {
      const typed = window.catalogEngine.fold(text)
      const words = window.catalogEngine.cut(text)
      if (/^[a-z]{2,12}$/.test(typed)) return byInitials(typed)
      if (Array.from(typed).length === 1) return entries.filter(function (entry) { return entry.name.indexOf(typed) >= 0 })
      const lunr = window.lunr
      return index.query(function (query) {
        words.forEach(function (word) {
          word.cover.forEach(function (link) {
            query.term(link[0].replace(/\*/g, ''), {
              usePipeline: false,
              presence: loosely ? lunr.Query.presence.OPTIONAL : lunr.Query.presence.REQUIRED
            })
          })
        })
      }).map(function (result) { return entries[Number(result.ref)] })
    })
  }

  function shorter (one, other) {
    return one.initials.length - other.initials.length
  }

  /* 中国农学会 for zgnxh, zgn and znh: the letters in their order, those that follow each other at once first. */
  function byInitials (typed) {
    const close = []
    const apart = []
    entries.forEach(function (entry) {
      if (!entry.initials) return
      if (entry.initials.indexOf(typed) >= 0) close.push(entry)
      else if (entry.initials[0] === typed[0] && new RegExp(typed.split('').join('.*')).test(entry.initials)) apart.push(entry)
    })
    return close.sort(shorter).concat(apart.sort(shorter))
  }

  /* Titles that hold the text. */
  function titles (text) {
    return files.engine.prepare(window.catalogEngine.cut(text)).then(function (words) {
      const hits = files.engine.search(words, null, null, 100)
      return files.cardsOf(hits.rows.filter(function (row) { return hits.tiers[row] === 0 }).slice(0, 2 * TITLES))
    }).then(function (cards) {
      const first = window.catalogEngine.cut(text)[0].text
      const held = cards.filter(function (card) { return window.catalogEngine.fold(card[2]).indexOf(first) >= 0 })
      return held.slice(0, TITLES).map(function (card) { return { kind: '活动', name: card[2], href: 'activities/' + card[1] + '.html' } })
    })
  }

  /* A box with its list, as a combobox: arrows move, Enter goes there, Escape closes. */
  function attach (box, number) {
    const list = document.createElement('ul')
    let at = -1
    let turn = 0
    let waiting = 0
    list.id = 'suggestions-' + number
    list.className = 'suggestions'
    list.hidden = true
    list.setAttribute('role', 'listbox')
    list.setAttribute('aria-label', '您可能要找')
    box.setAttribute('role', 'combobox')
    box.setAttribute('aria-autocomplete', 'list')
    box.setAttribute('aria-expanded', 'false')
    box.setAttribute('aria-controls', list.id)
    box.setAttribute('autocomplete', 'off')
    box.form.classList.add('suggesting')
    box.form.appendChild(list)

    function close () {
      list.hidden = true
      at = -1
      box.setAttribute('aria-expanded', 'false')
      box.removeAttribute('aria-activedescendant')
    }

    function move (to) {
      const items = list.children
      at = (to + items.length) % items.length
      Array.prototype.forEach.call(items, function (item, place) { item.setAttribute('aria-selected', String(place === at)) })
      box.setAttribute('aria-activedescendant', items[at].id)
      items[at].scrollIntoView({ block: 'nearest' })
    }

    function draw (found) {
      list.textContent = ''
      found.forEach(function (entry, place) {
        const item = document.createElement('li')
        const kind = document.createElement('span')
        item.id = list.id + '-' + place
        item.setAttribute('role', 'option')
        item.setAttribute('aria-selected', 'false')
        item.dataset.href = files.root + entry.href
        item.appendChild(document.createTextNode(entry.name + ' '))
        kind.textContent = entry.kind
        item.appendChild(kind)
        item.addEventListener('mousedown', function (event) {
          event.preventDefault()
          location.href = item.dataset.href
        })
        list.appendChild(item)
      })
      at = -1
      list.hidden = !found.length
      box.setAttribute('aria-expanded', String(found.length > 0))
      box.removeAttribute('aria-activedescendant')
    }

    function ask () {
      const mine = ++turn
      const text = box.value.trim()
      if (!text) return close()
      find(text).then(function (found) {
        if (mine !== turn) return null
        draw(found.slice(0, MOST))
        return titles(text).then(function (more) {
          if (mine === turn && more.length) draw(found.slice(0, MOST - TITLES).concat(more))
        })
      }).catch(function () { close() })
    }

    function soon () {
      clearTimeout(waiting)
      waiting = setTimeout(ask, PAUSE)
    }

    box.addEventListener('input', function (event) { if (!event.isComposing) soon() })
    box.addEventListener('compositionend', soon)
    box.addEventListener('blur', close)
    box.addEventListener('keydown', function (event) {
      if (event.isComposing || list.hidden) return
      if (event.key === 'ArrowDown') move(at + 1)
      else if (event.key === 'ArrowUp') move(at < 0 ? -1 : at - 1)
      else if (event.key === 'Escape') close()
      else if (event.key === 'Enter' && at >= 0) location.href = list.children[at].dataset.href
      else return
      event.preventDefault()
    })
  }

  window.catalogSuggest = find
  const boxes = document.querySelectorAll('form[role="search"] input')
  Array.prototype.forEach.call(boxes, function (box, number) {
    if (!document.getElementById('card') || box.id !== 'q') attach(box, number)
  })
})()
