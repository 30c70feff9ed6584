/* The page /activities/: what is typed and ticked in, the cards that fit out. The address says it all, so it can be sent on.
   Whatever comes from a record or the address is put in as text, never as markup. */
(function () {
  'use strict'
  const box = document.getElementById('q')
  const outlet = document.getElementById('results')
  const results = outlet && outlet.querySelector('[data-found]')
  const listed = document.getElementById('listed')
  const total = document.querySelector('[data-total]')
  const panel = document.querySelector('details.facets')
  const conditions = document.getElementById('conditions')
  if (!box || !results || !panel || !document.getElementById('card')) return

  const files = window.catalogFiles
  const { REQUESTS, cut, termsFor, lower, ordered, readDigits, readSteps } = window.catalogEngine
  const { Facets } = window.catalogFacets
  const RANKED = 200 // rows that lunr ranks; the others follow by what they would score
  const PAUSE = 40 // milliseconds between the last key and the search
  const CARDS = 60 // and between the last key and the loading of cards, if shards had to be loaded: who is still typing does not ask for them
  const AT_ONCE = 10
  const FEW = 6 // results, beside which there is room for what else bears the name
  const SORTS = ['newest', 'start']
  const sentence = total.textContent

  const state = { sort: '', asText: [], anywhere: false, further: 0 }
  let facets = null
  let days = null
  let points = null // of each offer, whoever asks, and one more; 0 for what is no offer
  let weights = null
  let phrases = null
  let ordering = null
  let turn = 0

  // -- files ----------------------------------------------------------------------------------------------------------

  window.catalogColumns = function (columns) {
    facets = new Facets(columns, files.manifest.count)
    files.engine.knows(facets.spread.bind(facets))
  }
  window.catalogDays = function (text, added) { days = facets.days(text, added) }
  window.catalogPoints = function (text, named) {
    points = readDigits(text, files.manifest.count)
    weights = named
  }
  window.catalogPhrases = function (table) { phrases = table }
  window.catalogCounties = function (region, rows, near) {
    const named = new Map()
    rows.forEach(function (row) {
      const numbers = readSteps(row[2], row[3])
      named.set(row[0], { name: row[1], rows: Array.from(numbers, function (number) { return lower(files.engine.numbers, number) }) })
    })
    facets.counties.set(region, named)
    facets.near.set(region, near)
  }

  let opened = null
  function open () {
    opened = opened || files.open().then(function () {
      return Promise.all([files.named('columns'), files.manifest.files.phrases ? files.named('phrases') : null])
    }).catch(function (fault) {
      opened = null
      throw fault
    })
    return opened
  }

  /* What is known of counties: those a query names, and those of the regions that are ticked. */
  function counties (reading) {
    const facet = facets.get('regions')
    const wanted = new Set()
    chosenPlaces(reading).forEach(function (code) {
      if (facet.ids.indexOf(code) < 0) wanted.add(facets.regionOf(code))
      else if (facet.chosen.has(code)) wanted.add(code)
    })
    return Promise.all(Array.from(wanted, function (region) { return files.manifest.files['counties/' + region] ? files.named('counties/' + region) : null }))
  }

  // -- the address ----------------------------------------------------------------------------------------------------

  function readAddress () {
    const asked = new URLSearchParams(location.search)
    box.value = asked.get('q') || ''
    state.sort = SORTS.indexOf(asked.get('sort')) >= 0 ? asked.get('sort') : ''
    state.asText = asked.getAll('text')
    state.anywhere = asked.has('anywhere')
    state.further = 0
    facets.list.forEach(function (facet) { facet.chosen = new Set(values(asked, facet)) })
  }

  function values (asked, facet) {
    const all = [].concat.apply([], asked.getAll(facet.key).map(function (text) { return text.split(',') }))
    if (facet.key === 'month') return all.map(function (text) { return text.slice(-2) }).filter(known)
    if (facet.key === 'year') {
      asked.getAll('month').join(',').split(',').forEach(function (text) { if (/^\d{4}-\d\d$/.test(text)) all.push(text.slice(0, 4)) })
    }
    return all.filter(known)
    function known (id) { return facet.ids.indexOf(id) >= 0 || (facet.key === 'regions' && /^\d{6}$/.test(id)) }
  }

  function address () {
    const said = []
    function say (key, value) { said.push(key + '=' + encodeURIComponent(value).replace(/%2C/g, ',')) }
    if (box.value.trim()) say('q', box.value.trim())
    const years = Array.from(facets.get('year').chosen)
    const months = Array.from(facets.get('month').chosen).sort()
    const together = years.length === 1 && /^\d{4}$/.test(years[0]) && months.length > 0
    facets.list.forEach(function (facet) {
      if (!facet.chosen.size || (together && facet.key === 'year')) return
      if (together && facet.key === 'month') say('month', months.map(function (month) { return years[0] + '-' + month }).join(','))
      else say(facet.key, Array.from(facet.chosen).sort().join(','))
    })
    state.asText.forEach(function (text) { say('text', text) })
    if (state.anywhere) say('anywhere', '1')
    if (state.sort) say('sort', state.sort)
    return location.pathname + (said.length ? '?' + said.join('&') : '')
  }

  function remember (isStep) {
    const now = address()
    if (now === location.pathname + location.search) return
    try {
      if (isStep) history.pushState(null, '', now)
      else history.replaceState(null, '', now)
    } catch (e) { /* from a disk some browsers refuse */ }
  }

  // -- the search -----------------------------------------------------------------------------------------------------

  /* What is typed, as people mean it: conditions, and the rest as text. */
  function understood () {
    const text = box.value.trim()
    if (text && phrases) return window.catalogQuery.read(text, phrases, today(), state.asText)
    return { chips: [], text: text, quoted: [], questions: [], plain: text }
  }

  function today () {
    const now = new Date()
    return now.getFullYear() + '-' + ('0' + (now.getMonth() + 1)).slice(-2) + '-' + ('0' + now.getDate()).slice(-2)
  }

  function isIdle (reading) {
    return !reading.plain && !state.sort && !isTicked()
  }

  function isTicked () {
    return facets.list.some(function (facet) { return facet.chosen.size })
  }

  function chosenPlaces (reading) {
    const codes = Array.from(facets.get('regions').chosen)
    reading.chips.forEach(function (chip) { if (chip.facet === 'regions') codes.push.apply(codes, chip.values) })
    return codes
  }

  function show () {
    const mine = ++turn
    const wasAtHand = isAtHand()
    return open().then(function () {
      const reading = understood()
      if (isIdle(reading)) return idle()
      return Promise.all([prepare(reading), state.sort ? files.named('days') : null]).then(function (loaded) {
        return counties(loaded[0].reading).then(function () { return loaded[0] })
      }).then(function (wanted) {
        const found = find(wanted)
        const missing = found.fit ? 'points' : 'days'
        const isSorted = wanted.words.length || (found.fit ? points : days) || found.exact >= found.shown
        return isSorted ? found : files.named(missing).then(function () { return find(wanted) })
      }).then(function (found) {
        if (mine !== turn) return null
        tell(found)
        return calm(wasAtHand).then(function () {
          return mine === turn ? draw(found.rows.slice(0, found.shown)) : []
        }).then(function (drawn) {
          if (mine === turn) put(found, drawn)
        })
      })
    }).catch(function (fault) {
      if (mine !== turn) return
      total.textContent = '没能读到查找用的数据，请看看网络，再试一次。'
      if (window.console) console.error(fault)
    })
  }

  /* What is read of a query, with its words once they can be searched for. Where conditions were read or marks left out, `plain` are the
     words of the whole text. If some of it is no condition and enough names hold the whole, it is a name, and nothing is read out of it.
     If it names a county and nothing else, and enough records name that county, `naming` are these, and no words are looked for. */
  function prepare (reading) {
    if (reading.plain === reading.text) {
      return files.engine.prepare(cut(reading.text, reading.quoted), where()).then(function (words) {
        return readAs(reading, words)
      })
    }
    const code = !state.sort && !reading.text && !reading.quoted.length && !isTicked() ? oneCounty(reading) : ''
    if (!code) return prepareText(reading)
    return counties(reading).then(function () {
      const naming = facets.namedAs(code, reading.plain)
      if (naming.length >= AT_ONCE) return readAs(reading, [], [], naming)
      return Promise.all([prepareText(reading), files.named('points')]).then(function (loaded) { return loaded[0] })
    })
  }

  function prepareText (reading) {
    const isRead = reading.chips.length > 0 // else only marks were left out
    return files.engine.prepare(cut(reading.plain), isRead ? where() : 'names', othersOf(reading)).then(function (plain) {
      const isOne = reading.text && plain.length === 1
      if (isOne && ((isRead && plain[0].inNames) || files.engine.named(plain[0]).length >= AT_ONCE)) {
        return readAs(Object.assign({}, reading, { chips: [], text: reading.plain, quoted: [] }), plain)
      }
      return files.engine.prepare(cut(reading.text, reading.quoted, true)).then(function (words) {
        return readAs(reading, words, plain)
      })
    })
  }

  function where () {
    return state.anywhere ? 'anywhere' : ''
  }

  /* By the day they begin: the newest first, or the earliest; those without a day last. */
  function byDay (rows, sort, apart) {
    const far = 1e6
    return ordered(rows, function (row) {
      const day = sort === 'start' ? days[row] || far - 1 : far - 1 - days[row]
      return (apart ? facets.past[row] * far : 0) + day
    })
  }

  /* The one county that is chosen, or nothing. */
  function oneCounty (reading) {
    const codes = Array.from(new Set(chosenPlaces(reading)))
    return codes.length === 1 && facets.get('regions').ids.indexOf(codes[0]) < 0 ? codes[0] : ''
  }

  /* How many files tell of the county that is chosen, and of the order of activities that no text puts in one. */
  function othersOf (reading) {
    return (oneCounty(reading) ? 1 : 0) + (reading.text || reading.quoted.length ? 0 : 1)
  }

  /* For a county that has not said what it needs, in the order of `catalog match`: the offers by their points, then the others as they were. */
  function byFit (rows, code) {
    const region = facets.regionOf(code)
    const society = facets.get('society')
    const near = facets.near.get(region)
    const levels = readDigits(near[1][code] || near[0], society.ids.length)
    const forNaming = new Float64Array(points.length)
    ;[region, code].forEach(function (place) {
      const level = place === code ? weights.county : weights.region
      facets.naming(region, place).forEach(function (row) { forNaming[row] = level })
    })
    const before = new Map(rows.map(function (row, at) { return [row, at] }))
    return rows.slice().sort(function (one, other) { return score(other) - score(one) || before.get(one) - before.get(other) })
    function score (row) {
      return points[row] ? points[row] + forNaming[row] + society.sets[society.ranks[row]].reduce(function (sum, at) { return sum + levels[at] }, 0) : 0
    }
  }

  function readAs (reading, words, plain, naming) {
    return { reading: reading, words: words, plain: plain || [], naming: naming || [] }
  }

  /* The answer to what `prepare` gave. */
  function find ({ reading, words, plain, naming }) {
    const read = {}
    reading.chips.forEach(function (chip) { read[chip.facet] = (read[chip.facet] || []).concat(chip.values) })
    Object.keys(read).forEach(function (key) { read[key] = facets.rowsOf(key, read[key]) })
    const judged = facets.judge(read)
    const allowed = judged.fails.map(function (fails) { return fails ? 0 : 1 })
    const inNames = words.length > 0 && words[0].inNames
    const found = { reading: reading, judged: judged, held: null, rows: [], exact: 0, more: 0, shown: 0, fit: '', inNames: inNames, unread: naming.length > 0 }
    const shards = new Set(termsFor(words).concat(termsFor(plain))).size
    if (words.length) {
      const hits = files.engine.search(words, allowed, facets.past, RANKED)
      found.held = hits.held
      found.rows = hits.rows
      found.exact = hits.rows.filter(function (row) { return hits.tiers[row] === 0 }).length
    } else {
      allowed.forEach(function (yes, row) { if (yes) found.rows.push(row) })
      found.fit = state.sort ? '' : oneCounty(reading)
      if (!state.sort) found.rows = days ? byDay(found.rows, 'newest', true) : ordered(found.rows, function (row) { return facets.past[row] })
      if (found.fit && points) found.rows = byFit(found.rows, found.fit)
    }
    let exact = ordered(naming, function (row) { return facets.past[row] })
    if (plain.length) { // a name typed whole is found, whatever could be read out of it
      const unread = facets.judge({}).fails.map(function (fails) { return fails ? 0 : 1 })
      const hits = files.engine.search(plain, unread, facets.past, RANKED)
      exact = hits.rows.filter(function (row) { return hits.tiers[row] === 0 })
      found.more = hits.rows.length
    }
    if (exact.length) {
      const first = new Set(exact)
      found.exact = exact.length
      found.rows = exact.concat(found.rows.filter(function (row) { return !first.has(row) }))
    }
    if (state.sort) found.rows = byDay(found.rows, state.sort, false)
    // what bears the text is listed; of the others fewer where many files were loaded, for each card is mostly one more
    found.shown = Math.max(Math.min(found.exact, AT_ONCE), Math.min(AT_ONCE, REQUESTS - shards - othersOf(reading))) + state.further
    return found
  }

  // -- what people see ------------------------------------------------------------------------------------------------

  function copyOf (id) {
    return document.getElementById(id).content.cloneNode(true)
  }

  function part (of, name) {
    return of.querySelector('[data-of="' + name + '"]')
  }

  function draw (rows) {
    const words = cut(box.value)
    return files.cardsOf(rows).then(function (found) { return found.map(function (row) { return card(row, words) }) })
  }

  function card (row, words) {
    const article = copyOf('card').firstElementChild
    const link = article.querySelector('a')
    const sign = article.querySelector('.state')
    const of = facets.states.find(function (one) { return one[0] === row[5] }) || ['', '', '']
    article.dataset.id = row[1]
    link.href = files.root + 'activities/' + row[1] + '.html'
    mark(link, row[2], words)
    sign.classList.add(of[0])
    sign.querySelector('span').textContent = of[1]
    sign.querySelector('i').textContent = of[2]
    if (!row[6]) part(article, 'past').remove()
    if (!row[7]) part(article, 'report').remove()
    mark(part(article, 'society'), row[3], words)
    part(article, 'level').textContent = row[4]
    ;['when', 'where', 'whom', 'how', 'summary'].forEach(function (name, at) { mark(part(article, name), row[8 + at], words) })
    return article
  }

  /* A text with the words that were looked for marked in it. */
  function mark (node, text, words) {
    const letters = Array.from(text)
    let folded = ''
    const places = []
    letters.forEach(function (letter, at) {
      const small = letter.normalize('NFKC').toLowerCase()
      for (let unit = 0; unit < small.length; unit++) places.push(at)
      folded += small
    })
    const marked = new Uint8Array(letters.length)
    words.forEach(function (word) {
      for (let at = folded.indexOf(word.text); at >= 0; at = folded.indexOf(word.text, at + 1)) {
        for (let unit = at; unit < at + word.text.length; unit++) marked[places[unit]] = 1
      }
    })
    node.textContent = ''
    for (let at = 0; at < letters.length;) {
      let end = at
      while (end < letters.length && marked[end] === marked[at]) end++
      const piece = letters.slice(at, end).join('')
      const element = marked[at] ? document.createElement('mark') : null
      if (element) element.textContent = piece
      node.appendChild(element || document.createTextNode(piece))
      at = end
    }
  }

  function idle () {
    outlet.hidden = true
    results.textContent = ''
    outlet.parentNode.appendChild(listed)
    total.textContent = sentence
    conditions.hidden = true
    count(facets.countAll(facets.judge({}), null))
  }

  /* What is known before the cards are here: how many, under which conditions, and what else could be ticked. */
  function tell (found) {
    const number = found.rows.length
    const rest = number > found.shown ? '，先列出 ' + found.shown + ' 项' : ''
    listed.remove() // what is not asked for is not there at all
    total.dataset.total = String(number)
    total.textContent = number ? '找到 ' + number + ' 项' + (found.inNames ? '，名称、学会或地区里有这几个字' : '') + rest : '没有找到合适的活动'
    showConditions(found.reading, found)
    count(facets.countAll(found.judged, found.held))
  }

  function put (found, drawn) {
    const reading = found.reading
    const number = found.rows.length
    results.textContent = ''
    outlet.hidden = false
    if (number) {
      const grid = document.createElement('div')
      grid.className = 'cards'
      drawn.forEach(function (article) { grid.appendChild(article) })
      results.appendChild(grid)
      if (number > drawn.length) results.appendChild(answer('再列 ' + Math.min(2 * AT_ONCE, number - drawn.length) + ' 项', more))
      if (found.inNames) results.appendChild(answer('简介里提到这几个字的也找', anywhere))
    } else results.appendChild(looser(reading))
    if (number <= FEW && reading.plain) (number ? others : looseOthers)(reading.plain)
  }

  /* What is no activity but bears the text: societies, regions, terms, pages. */
  function others (text) {
    const line = lineOf('也可以看：', facets.bearing(text))
    if (line) results.insertBefore(line, results.firstChild)
  }

  /* The same where nothing was found, and whatever comes near the text. */
  function looseOthers (text) {
    const mine = turn
    window.catalogSuggest(text, true).then(function (found) {
      const line = mine === turn && lineOf('您是不是想找：', found)
      if (line) results.appendChild(line)
    }, function () { /* only a help */ })
  }

  function lineOf (words, entries) {
    if (!entries.length) return null
    const line = document.createElement('p')
    line.className = 'others'
    line.textContent = words
    entries.slice(0, 4).forEach(function (entry) {
      const link = document.createElement('a')
      link.href = files.root + entry.href
      link.textContent = entry.name + '（' + entry.kind + '）'
      line.appendChild(link)
    })
    return line
  }

  function more () {
    const from = results.querySelectorAll('[data-id]').length
    state.further += 2 * AT_ONCE
    show().then(function () {
      const next = results.querySelectorAll('[data-id] a')[from]
      if (next) next.focus()
    })
  }

  function anywhere () {
    state.anywhere = true
    step()
    box.focus()
  }

  function answer (text, act) {
    const button = copyOf('answer').firstElementChild
    button.textContent = text
    button.addEventListener('click', act)
    return button
  }

  /* Nothing found: what was looked for, and what would be found with less. */
  function looser (reading) {
    const empty = copyOf('looser').firstElementChild
    const answers = empty.querySelector('.answers')
    empty.querySelector('b').textContent = reading.plain ? '没有同时符合“' + reading.plain + '”和所选条件的活动。' : '没有同时符合这些条件的活动。'
    const pieces = reading.chips.map(function (chip) { return chip.text }).concat(reading.text.split(/\s+/).filter(Boolean))
    const less = pieces.map(function (piece) {
      return { word: '不要“' + piece + '”', text: reading.plain.replace(piece, ' ').replace(/\s+/g, ' ').trim() }
    })
    const alone = pieces.map(function (piece) { return { word: '只找“' + piece + '”', text: piece } })
    const found = pieces.length > 1 ? worth(less) : []
    ;(found.length ? found : worth(pieces.length > 1 ? alone : halves(reading.plain))).forEach(function (option) {
      answers.appendChild(answer(option.word + '，有 ' + option.number + ' 项', function () { retype(option.text) }))
    })
    if (isTicked()) answers.appendChild(answer('去掉所有条件', clear))
    return empty
  }

  function halves (text) {
    const letters = Array.from(text)
    const half = Math.ceil(letters.length / 2)
    return [letters.slice(0, half), letters.slice(half)].map(function (piece) { return piece.join('').trim() }).filter(Boolean)
      .map(function (piece) { return { word: '只找“' + piece + '”', text: piece } })
  }

  /* Those of some texts that would find something, the one that finds most first. All they need is loaded, or they find nothing. */
  function worth (options) {
    options.forEach(function (option) {
      const read = phrases ? window.catalogQuery.read(option.text, phrases, today(), state.asText) : { chips: [], text: option.text, quoted: [] }
      option.number = option.text ? find(readAs(read, cut(read.text, read.quoted, true))).rows.length : 0
    })
    return options.filter(function (option) { return option.number }).sort(function (a, b) { return b.number - a.number }).slice(0, 4)
  }

  function retype (text) {
    box.value = text
    step()
    box.focus()
  }

  function clear () {
    facets.list.forEach(function (facet) { facet.chosen.clear() })
    state.sort = ''
    state.asText = []
    state.anywhere = false
    box.value = ''
    step()
    box.focus()
  }

  function condition (text, act) {
    const button = copyOf('condition').firstElementChild
    button.querySelector('span').textContent = text
    button.addEventListener('click', function () {
      act()
      step()
      box.focus()
    })
    return button
  }

  function nameOf (facet, id) {
    if (facet.ids.indexOf(id) >= 0) return facet.name(id)
    const named = facets.counties.get(facets.regionOf(id))
    if (named && named.has(id)) return named.get(id).name
    return (phrases && window.catalogQuery.placeName(phrases, id)) || id
  }

  function showConditions (reading, found) {
    conditions.textContent = ''
    conditions.hidden = false
    facets.list.forEach(function (facet) {
      facet.chosen.forEach(function (id) {
        conditions.appendChild(condition(nameOf(facet, id), function () { facet.chosen.delete(id) }))
      })
    })
    reading.chips.forEach(function (chip) {
      const facet = facets.get(chip.facet)
      const names = chip.values.length < 4 ? chip.values.map(function (id) { return nameOf(facet, id) }).join('、') : chip.text
      const label = facet.label + '：' + names
      conditions.appendChild(condition(label, function () { state.asText.push(chip.text) }))
    })
    reading.questions.forEach(function (question) {
      const asked = document.createElement('p')
      asked.textContent = '“' + question.text + '”有几个，您说的是：'
      question.choices.slice(0, 12).forEach(function (choice) {
        asked.appendChild(answer(choice.name, function () {
          const typedNow = Array.from(box.value.trim())
          typedNow.splice(question.start, question.end - question.start, choice.name)
          retype(typedNow.join(''))
        }))
      })
      conditions.appendChild(asked)
    })
    if (reading.chips.length && (found.unread || found.more > found.rows.length)) {
      const said = found.unread ? '也按文字找“' + reading.plain + '”' : '全部按文字找，有 ' + found.more + ' 项'
      conditions.appendChild(answer(said, function () {
        reading.chips.forEach(function (chip) { state.asText.push(chip.text) })
        step()
      }))
    }
    if (found.fit) conditions.appendChild(fitting(found.fit))
    conditions.appendChild(order())
  }

  /* Leads to the page of a county, and says where the list stands in the order of what fits it. */
  function fitting (code) {
    const line = copyOf('fitting').firstElementChild
    if (!points) line.querySelector('[data-fit]').remove()
    line.querySelector('[data-county]').href = files.root + 'counties/' + code + '.html'
    return line
  }

  function order () {
    if (!ordering) {
      ordering = document.createElement('span')
      ordering.className = 'ordering'
      ordering.appendChild(copyOf('order'))
      ordering.querySelector('select').addEventListener('change', function (event) {
        state.sort = event.target.value
        step()
      })
      ordering.querySelector('[data-clear]').addEventListener('click', clear)
    }
    ordering.querySelector('select').value = state.sort
    return ordering
  }

  // -- facets ---------------------------------------------------------------------------------------------------------

  const FIRST = 6
  const IN_ORDER = ['month', 'year', 'mode', 'state', 'source', 'kind']
  const groups = new Map()

  function build () {
    const whole = facets.countAll(facets.judge({}), null)
    if (!groups.size) {
      const place = document.createElement('div')
      place.className = 'boxes'
      panel.querySelector('nav').replaceWith(place)
    }
    facets.list.forEach(function (facet, number) {
      if (groups.has(facet.key)) return
      const group = copyOf('facet').firstElementChild
      const lists = group.querySelectorAll('ul')
      const rest = group.querySelector('details')
      group.querySelector('legend').textContent = facet.label
      rest.querySelector('summary').textContent = '更多' + facet.label
      const places = facet.ids.map(function (id, at) { return at })
      if (IN_ORDER.indexOf(facet.key) < 0) places.sort(function (a, b) { return whole[number][b] - whole[number][a] || a - b })
      const boxes = new Map()
      places.forEach(function (at, place) {
        const choice = copyOf('choice').firstElementChild
        lists[place < FIRST || places.length < FIRST + 3 ? 0 : 1].appendChild(choice)
        boxes.set(facet.ids[at], fill(choice, facet, facet.ids[at], facet.names[at]))
      })
      rest.hidden = !lists[1].children.length
      panel.querySelector('.boxes').appendChild(group)
      groups.set(facet.key, { boxes: boxes, group: group, counties: null })
    })
  }

  function fill (choice, facet, id, name) {
    const input = choice.querySelector('input')
    input.name = facet.key
    input.value = id
    choice.querySelector('span').textContent = name
    input.addEventListener('change', function () {
      if (input.checked) facet.chosen.add(id)
      else facet.chosen.delete(id)
      if (facet.key === 'regions' && input.checked && facet.ids.indexOf(id) < 0) facet.chosen.delete(facets.regionOf(id))
      step()
    })
    return { input: input, number: choice.querySelector('b') }
  }

  function count (counts) {
    let chosen = 0
    facets.list.forEach(function (facet, number) {
      chosen += facet.chosen.size
      const held = groups.get(facet.key)
      facet.ids.forEach(function (id, at) { tick(held.boxes.get(id), counts[number][at], facet.chosen.has(id)) })
      if (facet.key === 'regions') countyBoxes(facet, held)
    })
    panel.querySelector('summary').textContent = chosen ? '筛选（' + chosen + '）' : '筛选'
  }

  function tick (choice, number, isChosen) {
    choice.input.checked = isChosen
    choice.input.disabled = !number && !isChosen
    const text = String(number)
    if (choice.number.textContent !== text) choice.number.textContent = text
  }

  /* The counties of the regions that are chosen, or that hold a chosen county: those that some activity names. */
  function countyBoxes (facet, held) {
    const regions = new Set(Array.from(facet.chosen, function (id) { return facet.ids.indexOf(id) < 0 ? facets.regionOf(id) : id }))
    const wanted = Array.from(regions).filter(function (region) { return facets.counties.has(region) })
    const key = wanted.join()
    if (!held.counties || held.counties.key !== key) {
      if (held.counties) held.counties.group.remove()
      held.counties = null
      if (!wanted.length) return
      const group = copyOf('facet').firstElementChild
      const boxes = new Map()
      group.querySelector('legend').textContent = '县（市、区）'
      wanted.forEach(function (region) {
        facets.counties.get(region).forEach(function (county, code) {
          if (code === region) return
          const choice = copyOf('choice').firstElementChild
          group.querySelector('ul').appendChild(choice)
          boxes.set(code, fill(choice, facet, code, county.name))
        })
      })
      if (!boxes.size) return
      held.group.appendChild(group)
      held.counties = { key: key, group: group, boxes: boxes }
    }
    held.counties.boxes.forEach(function (choice, code) {
      const named = facets.counties.get(facets.regionOf(code)).get(code)
      tick(choice, named.rows.length, facet.chosen.has(code))
    })
  }

  // -- what people do -------------------------------------------------------------------------------------------------

  let waiting = 0
  let lastKey = 0
  function step () {
    clearTimeout(waiting)
    state.further = 0
    remember(true)
    show()
  }

  function typed () {
    lastKey = performance.now()
    clearTimeout(waiting)
    waiting = setTimeout(function () {
      state.further = 0
      state.anywhere = false
      state.asText = state.asText.filter(function (text) { return box.value.indexOf(text) >= 0 })
      open().then(function () { remember(false) }, function () {})
      show()
    }, PAUSE)
  }

  /* When the cards may be loaded. */
  function calm (wasAtHand) {
    const left = wasAtHand ? 0 : lastKey + CARDS - performance.now()
    return left > 0 ? new Promise(function (resolve) { setTimeout(resolve, left) }) : Promise.resolve()
  }

  function isAtHand () {
    return facets !== null && files.engine.holds(cut(understood().plain))
  }

  box.addEventListener('input', function (event) { if (!event.isComposing) typed() })
  box.addEventListener('compositionend', typed)
  box.form.addEventListener('submit', function (event) {
    event.preventDefault()
    step()
  })
  window.addEventListener('popstate', function () {
    readAddress()
    show()
  })

  open().then(function () {
    const typedAlready = box.value
    readAddress()
    if (!box.value && typedAlready) box.value = typedAlready
    build()
    return show()
  }).catch(function () { /* the static list stays */ })
})()
