/* A place or a society found by typing a few characters or the first letters of its pinyin: an input with a list below, by the
   pattern of a combobox. Arrows move, Enter takes, Escape closes. Places and societies are loaded at the first key. */
(function () {
  'use strict'
  const form = window.catalogForm
  const files = window.catalogFiles
  const MOST = 8
  let number = 0

  // -- what can be found -----------------------------------------------------------------------------------------------

  form.known = { places: null, societies: null, vocabularies: null, calls: null }
  form.takePlaces = function (regions, counties) { form.known.places = form.placesOf(regions, counties) }
  form.takeSocieties = function (rows) { form.known.societies = form.societiesOf(rows) }

  /* Resolves when all that a record may point at is here. */
  form.open = function () {
    form.known.vocabularies = form.known.vocabularies || form.vocabulariesOf(form.rules.vocabularies)
    form.known.calls = form.rules.calls
    return Promise.all([files.load('assets/contribute/places-data.js'), files.load('assets/contribute/societies-data.js')])
  }

  /* The best first: what is meant exactly, what begins so, what holds it, what has just these initials, what has more. */
  function ranked (text, candidates) {
    const typed = form.fold(text)
    const isLetters = /^[a-z]{2,}$/.test(typed)
    const ranks = [[], [], [], []]
    candidates.forEach(function (one) {
      const at = one.words.reduce(function (least, word) {
        const found = form.fold(word).indexOf(typed)
        return found < 0 ? least : Math.min(least, found ? 1 : 0)
      }, 2)
      if (at < 2) ranks[at].push(one)
      else if (isLetters && one.initials.some(function (letters) { return letters.startsWith(typed) })) ranks[one.initials.indexOf(typed) < 0 ? 3 : 2].push(one)
    })
    return [].concat.apply([], ranks)
  }

  let candidates = null
  function allPlaces () {
    if (candidates) return candidates
    const places = form.known.places
    candidates = [{ value: '全国', label: '全国', words: ['全国'], initials: ['qg'] }]
    places.regions.forEach(function (one) { candidates.push({ value: one.name, label: one.name, words: [one.name], initials: [one.initials] }) })
    places.counties.forEach(function (one) {
      candidates.push({ value: places.name(one.code), label: places.whole(one.code), words: [one.name, places.whole(one.code)], initials: [one.initials, places.regions.get(one.region).initials + one.initials] })
    })
    return candidates
  }

  const SOURCES = {
    places: function (text) {
      const places = form.known.places
      const exact = places.find(text).map(function (code) { return { value: places.name(code), label: places.whole(code) } })
      const names = exact.map(function (one) { return one.value })
      return exact.concat(ranked(text, allPlaces()).filter(function (one) { return names.indexOf(one.value) < 0 }))
    },
    societies: function (text) {
      const all = Array.from(form.known.societies.byId.values(), function (one) {
        return { value: one.name, label: one.name, id: one.id, words: [one.name, one.id].concat(one.aliases), initials: [one.initials] }
      })
      const exact = form.known.societies.find(text)
      return ranked(text, all).sort(function (one, other) { return (other.id === exact) - (one.id === exact) })
    }
  }

  // -- the list --------------------------------------------------------------------------------------------------------

  /* `take(value)` is called with what was chosen, or with what was typed when Enter is pressed on it. */
  form.suggest = function (input, take) {
    const list = document.createElement('ul')
    let at = -1
    let turn = 0
    number += 1
    list.id = 'choices-' + number
    list.className = 'suggestions'
    list.hidden = true
    list.setAttribute('role', 'listbox')
    list.setAttribute('aria-label', '可以选的')
    input.setAttribute('role', 'combobox')
    input.setAttribute('aria-autocomplete', 'list')
    input.setAttribute('aria-expanded', 'false')
    input.setAttribute('aria-controls', list.id)
    input.parentNode.classList.add('suggesting')
    input.parentNode.appendChild(list)

    function close () {
      turn += 1
      list.hidden = true
      at = -1
      input.setAttribute('aria-expanded', 'false')
      input.removeAttribute('aria-activedescendant')
    }

    function choose (item) {
      close()
      take(item.dataset.value, true)
    }

    function move (to) {
      const items = Array.from(list.children)
      at = (to + items.length) % items.length
      items.forEach(function (item, place) { item.setAttribute('aria-selected', String(place === at)) })
      input.setAttribute('aria-activedescendant', items[at].id)
      items[at].scrollIntoView({ block: 'nearest' })
    }

    function draw (found) {
      list.textContent = ''
      found.forEach(function (one, place) {
        const item = document.createElement('li')
        item.id = list.id + '-' + place
        item.setAttribute('role', 'option')
        item.setAttribute('aria-selected', 'false')
        item.dataset.value = one.value
        item.textContent = one.label
        item.addEventListener('mousedown', function (event) {
          event.preventDefault()
          choose(item)
        })
        list.appendChild(item)
      })
      at = -1
      list.hidden = !found.length
      input.setAttribute('aria-expanded', String(found.length > 0))
      input.removeAttribute('aria-activedescendant')
    }

    function ask () {
      const mine = ++turn
      const text = form.strip(input.value)
      if (!text) return close()
      form.open().then(function () {
        if (mine === turn && document.activeElement === input) draw(SOURCES[input.dataset.suggest](text).slice(0, MOST))
      }).catch(close)
    }

    input.addEventListener('input', function (event) { if (!event.isComposing) ask() })
    input.addEventListener('compositionend', ask)
    input.addEventListener('blur', close)
    input.addEventListener('keydown', function (event) {
      if (event.isComposing) return
      if (event.key === 'Enter') {
        const item = list.children[at]
        event.preventDefault() // never sends the form from the middle of choosing
        if (item && !list.hidden) choose(item)
        else {
          close()
          take(form.strip(input.value), false)
        }
        return
      }
      if (list.hidden) return
      if (event.key === 'ArrowDown') move(at + 1)
      else if (event.key === 'ArrowUp') move(at < 0 ? -1 : at - 1)
      else if (event.key === 'Escape') close()
      else return
      event.preventDefault()
    })
  }
})()
