/* Reads a typed query as people mean it: the same steps, in the same order, as generator/model/query*.py, from the same table.
   catalogQuery.read(text, table, today, kept) -> plain, chips, text, quoted, questions, fillers, kept. Touches no page. */
(function (global) {
  'use strict'
  var MOST = 200
  var MOST_BETWEEN = 8
  var LEAST_AFTER = 2
  var NUMERALS = '0123456789一二三四五六七八九十'
  var DIGITS = '〇○零一二三四五六七八九'
  var NO_START = '0123456789.abcdefghijklmnopqrstuvwxyz十百千万第个' + DIGITS
  var NATIONAL = '100000'
  var CORPS = 'XPCC'
  var COSTS = { body: 0, filler: 3 }
  var prepared = null

  function foldCharacter(character) {
    var folded = character.normalize('NFKC').toLowerCase()
    return Array.from(folded).length === 1 ? folded : character
  }

  // Characters outside the basic plane become one unit, so that places in the string are places in the query.
  function fold(characters) {
    return characters.map(function (character) {
      var folded = foldCharacter(character)
      return folded.length === 1 ? folded : '\uE000'
    }).join('')
  }

  function has(words, word) { return Object.prototype.hasOwnProperty.call(words, word) }
  function split(text) { return text ? text.split('|') : [] }
  function setOf(words) {
    var found = Object.create(null)
    words.forEach(function (word) { found[word] = true })
    return found
  }

  // --- the table ---

  function contains(one, other) {
    var code = one.values[0]
    if (one.values.length > 1 || (code !== CORPS && code.slice(2) !== '0000')) {
      return other.values.length < one.values.length &&
        other.values.every(function (value) { return one.values.indexOf(value) >= 0 })
    }
    var front = code === CORPS ? '6590' : code.slice(0, 2)
    if (other.values.length === 1 && other.values[0] === CORPS) return front === '65'
    return other.values.join() !== one.values.join() &&
      other.values.every(function (value) { return value.slice(0, front.length) === front })
  }

  function isCity(spot) { return spot.values.length > 1 || spot.values[0].slice(-2) === '00' }

  function spellings(marked) {
    var parts = marked.split('+')
    if (parts.length > 1) {
      var full = parts[0] + parts[1]
      var short = parts[1].indexOf('自治') >= 0 ? [parts[0] + parts[1].slice(-1)] : []
      return { names: [full].concat(short), stem: parts[0] }
    }
    if (marked.length === 2 && marked[1] === '区') return { names: [], stem: marked }
    return { names: [marked], stem: marked.length > 2 ? marked.slice(0, -1) : '' }
  }

  function eachPlace(regions, act) {
    regions.forEach(function (region) {
      var province = split(region[1])[0]
      var last = 0
      region[2].split('\n').filter(Boolean).forEach(function (line) {
        var steps = line.split('|')
        var city = steps.shift()
        var front = province + city.replace('+', '')
        var counties = steps.map(function (text) { // a code is told as its step from the one before
          var step = parseInt(text, 10)
          last += step
          return { code: ('00000' + last).slice(-6), name: text.slice(String(step).length) }
        })
        if (city) {
          act(spellings(city), { values: counties.map(function (it) { return it.code }), name: front }, true)
        }
        counties.forEach(function (county) {
          var name = county.name.replace('+', '')
          if (name !== city) act(spellings(county.name), { values: [county.code], name: front + name }, false)
        })
      })
    })
  }

  function add(words, name, spot) { (words[name] = words[name] || []).push(spot) }

  function addPlaces(phrases, table) {
    var ask = setOf(split(table.lists.ask))
    var taken = Object.create(null)
    var cities = Object.create(null)
    table.regions.forEach(function (region) {
      var names = split(region[1])
      names.forEach(function (name) {
        phrases.spots[name] = [{ values: [region[0]], name: names[0] }]
        taken[name] = true
      })
    })
    eachPlace(table.regions, function (spelled, spot, city) {
      spelled.names.forEach(function (name) { if (!taken[name]) add(phrases.spots, name, spot) })
      var stem = spelled.stem
      var known = phrases.stems[stem] || []
      if (!stem || taken[stem] || known.some(function (other) { return contains(other, spot) })) return
      add(phrases.stems, stem, spot)
      if (city && !phrases.guarded[stem]) cities[stem] = true
    })
    Object.keys(cities).forEach(function (stem) {
      var found = phrases.stems[stem]
      delete phrases.stems[stem]
      phrases.spots[stem] = found.filter(isCity).concat(found.filter(function (spot) { return !isCity(spot) }))
      var plain = found.every(function (spot) { return isCity(spot) || spot.name.slice(-1) === '区' })
      if (!ask[stem] && plain) phrases.settled[stem] = true
    })
  }

  function prepare(table) {
    if (prepared && prepared.table === table) return prepared
    var phrases = { table: table, words: Object.create(null), meanings: Object.create(null), spots: Object.create(null),
      stems: Object.create(null), settled: Object.create(null), dates: [], relative: table.relative }
    var kinds = [['plain', 'plain'], ['bodies', 'body'], ['negations', 'negation'], ['fillers', 'filler']]
    kinds.forEach(function (pair) {
      split(table.lists[pair[0]]).forEach(function (word) {
        if ((pair[0] !== 'fillers' || word.length > 1) && !phrases.words[word]) phrases.words[word] = pair[1]
      })
    })
    var fillers = split(table.lists.fillers)
    phrases.fillers = dictionary(fillers)
    phrases.long = dictionary(fillers.filter(function (word) { return word.length > 1 || word === '的' }))
    phrases.backwards = dictionary(Object.keys(phrases.long.words).map(function (word) { return reversed(word) }))
    phrases.guarded = setOf(split(table.lists.no_place))
    table.terms.forEach(function (term) {
      split(term[2]).forEach(function (word) { phrases.meanings[word] = { facet: term[0], values: term[1] } })
    })
    addPlaces(phrases, table)
    Object.keys(table.dates).forEach(function (name) { phrases.dates.push([name, new RegExp(table.dates[name], 'y')]) })
    phrases.longestStem = dictionary(Object.keys(phrases.stems)).longest
    phrases.longest = 1
    var all = [phrases.words, phrases.meanings, phrases.spots, table.relative]
    all.forEach(function (words) {
      Object.keys(words).forEach(function (word) { phrases.longest = Math.max(phrases.longest, word.length) })
    })
    prepared = phrases
    return phrases
  }

  function reversed(text) { return text.split('').reduceRight(function (made, unit) { return made + unit }, '') }
  function dictionary(words) {
    var longest = words.reduce(function (most, word) { return Math.max(most, word.length) }, 0)
    return { words: setOf(words), longest: longest }
  }

  // --- years and months ---

  function two(value) { return (value < 10 ? '0' : '') + value }
  function digit(character) { return Math.max(0, DIGITS.indexOf(character) - 2) }
  function number(text) {
    if (/^[0-9]/.test(text)) return Number(text)
    if (text[0] === '十') return 10 + (text.length > 1 ? digit(text[1]) : 0)
    return digit(text)
  }

  function monthsOf(name, match) {
    var found = {}
    if (name === 'month') found[number(match[1])] = true
    else if (name === 'run') {
      for (var at = 0; at < match[1].length; at++) {
        if (at && number(match[1][at]) - number(match[1][at - 1]) !== 1) return []
        found[number(match[1][at])] = true
      }
    } else {
      var first = number(match[1])
      var last = number(match[3])
      var steps = '、和及与或'.indexOf(match[2]) >= 0 ? 0 : (last - first + 12) % 12
      for (var step = 0; step <= steps; step++) found[(first - 1 + step) % 12 + 1] = true
      found[last] = true
    }
    return [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].filter(function (month) { return found[month] }).map(two)
  }

  function yearOf(name, text, today) {
    var digits = text.split('').map(function (it) { return DIGITS.indexOf(it) < 0 ? it : String(digit(it)) }).join('')
    if (name === 'short_chinese_year') return '202' + digits
    if (name === 'short_year') return (Number(digits) <= today.year % 100 + 5 ? '20' : '19') + digits
    return digits
  }

  function part(facet, values, from, to) {
    return { start: from, end: to, kind: 'chip', cost: 1, facet: facet, values: values }
  }

  function dateParts(name, match, today) {
    var start = match.index
    var end = start + match[0].length
    if (name === 'years') {
      var years = []
      if (match[2] - match[1] <= 30) for (var year = Number(match[1]); year <= match[2]; year++) years.push(String(year))
      return years.length ? [part('year', years, start, end)] : []
    }
    if (name === 'year_month') {
      return [part('year', [match[1]], start, start + 4), part('month', [two(Number(match[3]))], start + 5, end)]
    }
    if (name === 'months' || name === 'run' || name === 'month') {
      var months = monthsOf(name, match)
      return months.length ? [part('month', months, start, end)] : []
    }
    return [part('year', [yearOf(name, match[1], today)], start, end)]
  }

  function datesAt(run, first, start, phrases, today) {
    if (start > first && NO_START.indexOf(run[start - 1]) >= 0) return []
    var found = []
    phrases.dates.forEach(function (pair) {
      pair[1].lastIndex = start
      var match = pair[1].exec(run)
      var parts = match ? dateParts(pair[0], match, today) : []
      if (parts.length) found.push(parts)
    })
    return found
  }

  function relative(step, today) {
    if (step[0] === 'year') return [String(today.year + step[1])]
    return [two((today.month - 1 + step[1] + 12) % 12 + 1)]
  }

  // --- cutting a run ---

  function isLatin(character) { return /[0-9a-zA-Z]/.test(character) }
  function insideLatin(run, first, at) {
    return at > first && at < run.length && isLatin(run[at - 1]) && isLatin(run[at])
  }

  function named(word, start, phrases, today, kept) {
    var piece = { start: start, end: start + word.length, kind: '', cost: 1, facet: '', values: [] }
    if (kept[word]) { piece.kind = 'kept'; piece.cost = 0 }
    else if (phrases.words[word]) {
      piece.kind = phrases.words[word]
      piece.cost = has(COSTS, piece.kind) ? COSTS[piece.kind] : 1
    }
    else if (phrases.meanings[word]) {
      piece.kind = 'chip'
      piece.facet = phrases.meanings[word].facet
      piece.values = phrases.meanings[word].values
    } else if (has(phrases.relative, word)) {
      piece.kind = 'chip'
      piece.facet = phrases.relative[word][0]
      piece.values = relative(phrases.relative[word], today)
    } else if (phrases.spots[word]) {
      piece.kind = 'place'
      piece.cost = word.length === 2 && word[1] === '县' ? 5 : 1
      piece.spots = phrases.spots[word]
    }
    return piece
  }

  function options(run, first, start, phrases, today, kept, longest) {
    var found = []
    if (!insideLatin(run, first, start)) {
      for (var end = Math.min(run.length, start + longest); end > start; end--) {
        if (insideLatin(run, first, end)) continue
        var piece = named(run.slice(start, end), start, phrases, today, kept)
        if (piece.kind) found.push([piece])
      }
    }
    return found.concat(datesAt(run, first, start, phrases, today))
  }

  function endOf(pieces) { return pieces[pieces.length - 1].end }

  // Of readings that score alike the longest, then kept words, then chips, then words.
  function rank(pieces) {
    return 4 * endOf(pieces) - (pieces[0].kind === 'kept' ? 0 : 2) - (pieces[0].facet ? 0 : 1)
  }

  function cut(run, start, phrases, today, kept, longest) {
    var best = []
    var chosen = []
    best[run.length] = 0
    for (var at = run.length - 1; at >= start; at--) {
      best[at] = best[at + 1]
      chosen[at] = [{ start: at, end: at + 1, kind: 'text', facet: '' }]
      var found = options(run, start, at, phrases, today, kept, longest)
      for (var index = 0; index < found.length; index++) {
        var pieces = found[index]
        var end = endOf(pieces)
        var score = 10 * (end - at) - pieces[0].cost + best[end]
        var text = chosen[at][0].kind === 'text'
        if (score > best[at] || (score === best[at] && (text || rank(pieces) > rank(chosen[at])))) {
          best[at] = score
          chosen[at] = pieces
        }
      }
    }
    var all = []
    for (var here = start; here < run.length; here = endOf(all)) all.push.apply(all, chosen[here])
    return all
  }

  // --- bodies, negations ---

  function endsName(piece, folded) {
    return piece.facet === 'month' || piece.facet === 'year' || piece.kind === 'filler' || piece.kind === 'negation' ||
      folded.slice(piece.start, piece.end) === '的'
  }

  function bodyNames(run, folded) {
    run.forEach(function (piece, at) {
      if (piece.kind !== 'body') return
      var first = at
      var isName = true
      for (var here = at - 1; here >= 0; here--) {
        var other = run[here]
        if (endsName(other, folded) || piece.start - other.end > MOST_BETWEEN) break
        var word = folded.slice(other.start, other.end)
        if (other.kind === 'place' || word === '中国' || word === '国家') {
          first = here
          while (first > 0 && run[first - 1].kind === 'place') first--
          break
        }
        isName = isName && (other.kind !== 'chip' || other.facet === 'fields')
        if (isName) first = here
      }
      for (var inner = first; inner < at; inner++) run[inner].kind = 'name'
    })
  }

  function negated(run) {
    for (var at = 1; at < run.length; at++) {
      if (run[at - 1].kind === 'negation' && (run[at].kind === 'chip' || run[at].kind === 'place')) run[at].kind = 'plain'
    }
  }

  // --- places ---

  function isClear(piece, folded, phrases) {
    return piece.spots.length === 1 || Boolean(phrases.settled[folded.slice(piece.start, piece.end)])
  }

  function before(run, at) { return at && run[at - 1].kind === 'place' ? run[at - 1].spots[0] : null }

  function decide(piece, near, clear, settled, asked) {
    var inside = piece.spots.filter(function (spot) { return near && contains(near, spot) })
    if (!inside.length) {
      inside = piece.spots.filter(function (spot) {
        return clear.some(function (other) { return contains(other, spot) })
      })
    }
    var spots = inside.length ? inside : piece.spots
    if (spots.length === 1 || (settled && spots[0] === piece.spots[0])) piece.spots = spots.slice(0, 1)
    else {
      piece.kind = 'plain'
      piece.asked = spots
      asked.push(piece)
    }
  }

  function reach(folded, start, end, words) {
    var reached = {}
    reached[start] = true
    for (var at = start; at < end; at++) {
      if (!reached[at]) continue
      for (var to = at + 1; to <= Math.min(end, at + words.longest); to++) {
        if (words.words[folded.slice(at, to)]) reached[to] = true
      }
    }
    return reached
  }

  function shortName(run, at, end, folded, phrases) {
    var start = run[at].start
    var stop = run[end - 1].end
    var borders = {}
    for (var here = at; here < end; here++) borders[run[here].start] = true
    borders[stop] = true
    var near = before(run, at)
    var heads = reach(folded, start, stop, phrases.fillers)
    var isOpen = at === 0 || run[at - 1].facet === 'month' || run[at - 1].facet === 'year'
    function isTail(place) {
      return place === stop || (stop - start <= 40 && Boolean(reach(folded, place, stop, phrases.fillers)[stop]))
    }
    function inNear(spot) { return near && contains(near, spot) }
    for (var first = start; first < stop; first++) {
      if (!heads[first] || !borders[first]) continue
      for (var last = Math.min(stop, first + phrases.longestStem); last > first + 1; last--) {
        var name = folded.slice(first, last)
        var spots = phrases.stems[name]
        if (!spots || !borders[last]) continue
        var inside = first === start ? spots.filter(inNear) : []
        var guarded = Boolean(phrases.guarded[name])
        var tail = isTail(last)
        var piece = { start: first, end: last, kind: 'place', facet: '' }
        if (inside.length && (tail || !guarded)) { piece.spots = inside; return piece }
        var leads = first === start && spots.length === 1 && stop - last >= LEAST_AFTER && isOpen
        if (!guarded && (tail || leads)) { piece.spots = spots; return piece }
      }
    }
    return null
  }

  function shortNames(run, folded, phrases, clear, asked) {
    var at = 0
    while (at < run.length) {
      var end = at
      while (end < run.length && /^(text|filler|plain)$/.test(run[end].kind) && !run[end].asked) end++
      var isNegated = at > 0 && run[at - 1].kind === 'negation'
      var piece = end > at && !isNegated ? shortName(run, at, end, folded, phrases) : null
      if (piece) {
        var first = at
        while (run[first].start !== piece.start) first++
        var count = 0
        while (first + count < run.length && run[first + count].start < piece.end) count++
        run.splice(first, count, piece)
        decide(piece, before(run, first), clear, piece.spots.length === 1, asked)
        end += 1 - count
      }
      at = Math.max(end, at) + 1
    }
  }

  function join(run) {
    for (var at = run.length - 1; at > 0; at--) {
      var left = run[at - 1]
      var piece = run[at]
      if (left.kind === 'place' && piece.kind === 'place' && contains(left.spots[0], piece.spots[0])) {
        run.splice(at - 1, 2, { start: left.start, end: piece.end, kind: 'place', facet: '', spots: piece.spots })
      }
    }
  }

  function inOrder(pieces) {
    var ordered = []
    pieces.forEach(function (piece) {
      var at = ordered.length
      while (at && ordered[at - 1].start > piece.start) at--
      ordered.splice(at, 0, piece)
    })
    return ordered
  }

  function places(runs, folded, phrases) {
    var clear = []
    var asked = []
    runs.forEach(function (run) {
      run.forEach(function (piece) {
        if (piece.kind === 'place' && isClear(piece, folded, phrases)) clear.push(piece.spots[0])
      })
    })
    runs.forEach(function (run) {
      run.forEach(function (piece, at) {
        if (piece.kind === 'place') decide(piece, before(run, at), clear, isClear(piece, folded, phrases), asked)
      })
      shortNames(run, folded, phrases, clear, asked)
      join(run)
    })
    return inOrder(asked)
  }

  // --- the query ---

  function spaced(characters, isSpace) {
    return characters.map(function (it) { return isSpace(it) ? ' ' : it }).join('').split(' ').filter(Boolean)
  }

  function quotes(head, folded, table, gaps) {
    var quoted = []
    var at = 0
    while (at < folded.length) {
      var ends = ''
      table.quotes.forEach(function (pair, index) {
        if (index === 0 ? pair.indexOf(folded[at]) >= 0 : pair[0] === folded[at]) ends = index ? pair[1] : pair
      })
      var close = ends ? at + 1 : folded.length
      while (close < folded.length && ends.indexOf(folded[close]) < 0) close++
      if (close < folded.length) {
        var words = spaced(head.slice(at + 1, close), function (it) { return foldCharacter(it) === ' ' })
        if (words.length) quoted.push(words.join(' '))
        for (var here = at; here <= close; here++) gaps[here] = true
        at = close
      }
      at++
    }
    return quoted
  }

  function runsOf(folded, gaps, separators) {
    var runs = []
    var start = -1
    for (var at = 0; at <= folded.length; at++) {
      var inside = at < folded.length && !gaps[at] && (separators.indexOf(folded[at]) < 0 || joinsMonths(folded, at))
      if (inside) start = start < 0 ? at : start
      else if (start >= 0) {
        runs.push([start, at])
        start = -1
      }
    }
    return runs
  }

  function joinsMonths(folded, at) {
    return folded[at] === '、' && at > 0 && at < folded.length - 1 &&
      (NUMERALS + '月份旬').indexOf(folded[at - 1]) >= 0 && NUMERALS.indexOf(folded[at + 1]) >= 0
  }

  function stretches(run) {
    var found = []
    run.forEach(function (piece) {
      if (piece.kind === 'chip' || piece.kind === 'place') return
      var last = found[found.length - 1]
      if (last && last[1] === piece.start) last[1] = piece.end
      else found.push([piece.start, piece.end])
    })
    return found
  }

  function furthest(reached) { return Math.max.apply(null, Object.keys(reached).map(Number)) }

  function withoutFillers(folded, start, end, phrases) {
    if (reach(folded, start, end, phrases.fillers)[end]) return [end, end]
    var first = furthest(reach(folded, start, end, phrases.long))
    var back = reversed(folded.slice(first, end))
    return [first, end - furthest(reach(back, 0, end - first, phrases.backwards))]
  }

  function textAndFillers(runs, head, folded, phrases, hasChips, fillers) {
    var texts = []
    function words(from, to) { return head.slice(from, to).join('') }
    runs.forEach(function (run) {
      stretches(run).forEach(function (stretch) {
        var first = stretch[0]
        var last = stretch[1]
        while (first < last && phrases.table.marks.indexOf(folded[first]) >= 0) first++
        while (last > first && phrases.table.marks.indexOf(folded[last - 1]) >= 0) last--
        if (hasChips) {
          var inner = withoutFillers(folded, first, last, phrases)
          fillers.push.apply(fillers, [words(first, inner[0]), words(inner[1], last)].filter(Boolean))
          first = inner[0]
          last = inner[1]
        }
        if (first < last) texts.push(words(first, last))
      })
    })
    return texts
  }

  function chipsOf(runs, head, fillers) {
    var seen = Object.create(null)
    var chips = []
    var pieces = [].concat.apply([], runs).filter(function (it) { return it.kind === 'chip' || it.kind === 'place' })
    var spots = pieces.filter(function (it) { return it.kind === 'place' }).map(function (it) { return it.spots[0] })
    pieces.forEach(function (piece) {
      var place = piece.kind === 'place'
      var chip = { facet: place ? 'regions' : piece.facet, values: place ? piece.spots[0].values : piece.values,
        start: piece.start, end: piece.end, text: head.slice(piece.start, piece.end).join('') }
      var key = chip.facet + ' ' + chip.values.join()
      var wider = place && spots.some(function (spot) { return contains(piece.spots[0], spot) })
      if (wider || seen[key]) fillers.push(chip.text)
      else {
        seen[key] = true
        chips.push(chip)
      }
    })
    return chips
  }

  /* text: as typed; table: made by phrases_table; today: '2026-11-23'; kept: words that are to stay text. */
  function read(text, table, today, kept) {
    var phrases = prepare(table)
    var day = { year: Number(today.slice(0, 4)), month: Number(today.slice(5, 7)) }
    var all = Array.from(text)
    var head = all.slice(0, MOST)
    var folded = fold(head)
    var words = Object.create(null)
    var longest = phrases.longest
    kept = kept || []
    kept.forEach(function (word) {
      var key = fold(Array.from(word))
      words[key] = true
      longest = Math.max(longest, key.length)
    })
    var gaps = []
    var quoted = quotes(head, folded, table, gaps)
    var runs = runsOf(folded, gaps, table.separators).map(function (ends) {
      var run = cut(folded.slice(0, ends[1]), ends[0], phrases, day, words, longest)
      bodyNames(run, folded)
      negated(run)
      return run
    })
    var asked = places(runs, folded, phrases)
    var fillers = []
    var chips = chipsOf(runs, head, fillers)
    var texts = textAndFillers(runs, head, folded, phrases, chips.length > 0, fillers)
    var rest = spaced(all.slice(MOST), function (it) { return table.separators.indexOf(it) >= 0 })
    return {
      plain: text, chips: chips, text: texts.concat(rest).join(' '), quoted: quoted,
      questions: asked.map(function (piece) {
        return { text: head.slice(piece.start, piece.end).join(''), start: piece.start, end: piece.end,
          choices: piece.asked.map(function (spot) { return { values: spot.values, name: spot.name } }) }
      }),
      fillers: fillers, kept: kept
    }
  }

  /* The reading with a chip taken back as text. */
  function without(query, chip, table, today) { return read(query.plain, table, today, query.kept.concat([chip.text])) }

  /* The full name of a county by its code, or nothing. */
  function placeName(table, code) {
    var found = ''
    eachPlace(table.regions, function (spelled, spot, city) { if (!city && spot.values[0] === code) found = spot.name })
    return found
  }

  global.catalogQuery = { read: read, without: without, placeName: placeName, national: NATIONAL }
})(typeof window === 'undefined' ? globalThis : window)
