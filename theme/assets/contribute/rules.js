/* Days, private numbers and the rules of one record: the same steps as generator/model/{period,privacy,rules,source}.py,
   with the patterns and the words of those. */
(function (global) {
  'use strict'
  const form = global.catalogForm
  const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

  const COMMENT = new RegExp('(?:^|[' + form.SPACE + '])(#.*)$')

  // -- days ----------------------------------------------------------------------------------------------------------

  function two (number) { return String(number).padStart(2, '0') }
  function lastOf (year, month) { return month === 2 ? (year % 4 || (!(year % 100) && year % 400) ? 28 : 29) : [4, 6, 9, 11].indexOf(month) >= 0 ? 30 : 31 }

  /* {text} as exact as it is known, or {wrong}: why it is no day. */
  form.readDay = function (text) {
    const folded = form.strip(form.nfkc(text))
    const found = form.length(folded) < 20 && form.wholes.day.exec(folded)
    if (!found) return { wrong: form.reason(0) }
    const year = form.number(found[1])
    if (year < 1900 || year > 2100) return { wrong: form.reason(1) }
    if (!found[2]) return { text: String(year) }
    const month = form.number(found[2])
    if (month < 1 || month > 12) return { wrong: form.reason(2) }
    if (!found[3]) return { text: year + '-' + two(month) }
    const day = form.number(found[3])
    const last = lastOf(year, month)
    if (day < 1 || day > last) return { wrong: form.reason(3, { year: year, month: month, last: last }) }
    return { text: year + '-' + two(month) + '-' + two(day) }
  }

  function firstDay (day) { return (day + '-01-01').slice(0, 10) }
  function lastDay (day) {
    if (day.length === 4) return day + '-12-31'
    return day.length === 7 ? day + '-' + two(lastOf(Number(day.slice(0, 4)), Number(day.slice(5)))) : day
  }
  function chinese (day) { return day.split('-').map(function (part, at) { return Number(part) + '年月日'[at] }).join('') }

  function periodWords (start, end, text) {
    if (text) return text
    if (!start) return ''
    if (!end || end === start) return chinese(start)
    if (start.length === 10 && end.length === 10 && start.slice(0, 4) === end.slice(0, 4)) return chinese(start) + '至' + chinese(end).slice(5)
    return chinese(start) + '至' + chinese(end)
  }

  /* What the classes of generator/model/parts.py say of themselves, by their names. */
  form.checks = {
    Period: function (period, tell) {
      if (!period.start && !period.text) tell('start', 'empty-period', [])
      if (period.start && period.end && lastDay(period.end) < firstDay(period.start)) tell('end', 'end-before-start', [period.start, period.end])
    },
    Session: function (session, tell) {
      if (session.start && session.end && session.end < session.start.slice(0, session.end.length)) {
        tell('end', 'end-before-start', [session.start, session.end])
      }
    }
  }

  // -- private numbers -----------------------------------------------------------------------------------------------

  function isIdentity (digits) {
    const month = Number(digits.slice(10, 12))
    const day = Number(digits.slice(12, 14))
    if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31 && ['18', '19', '20'].indexOf(digits.slice(6, 8)) >= 0)) return false
    const total = WEIGHTS.reduce(function (sum, weight, at) { return sum + weight * Number(digits[at]) }, 0)
    return '10X98765432'[total % 11] === digits[17].toUpperCase()
  }

  function luhn (digits) {
    return digits.split('').reduceRight(function (sum, digit, at) {
      const value = Number(digit) * ((digits.length - 1 - at) % 2 ? 2 : 1)
      return sum + (value > 9 ? value - 9 : value)
    }, 0) % 10 === 0
  }

  function ascii (text) { return text.replace(/\p{Nd}/gu, function (digit) { return String(form.number(digit)) }) }

  /* [kind, last two characters] of what must not be published, or null. */
  form.privateData = function (text) {
    const kinds = form.rules.kinds
    const folded = form.nfkc(text)
    if (!form.patterns.anyDigit.test(folded)) return null
    for (const found of folded.match(form.every('identity18')) || []) {
      const digits = found.replace(/[^\p{Nd}Xx]/gu, '')
      if (form.length(digits) === 18 && isIdentity(ascii(digits))) return [kinds[0], Array.from(digits).slice(-2).join('')]
    }
    for (const pair of [[kinds[0], 'identity15'], [kinds[1], 'mobile']]) {
      const found = form.patterns[pair[1]].exec(folded)
      if (found) return [pair[0], Array.from(found[0]).slice(-2).join('')]
    }
    return null
  }

  form.doubtfulData = function (text) {
    const kinds = form.rules.kinds
    const folded = form.nfkc(text)
    if (!form.patterns.anyDigit.test(folded)) return null
    for (const found of folded.match(form.every('card')) || []) {
      const digits = ascii(found.replace(/[^\p{Nd}]/gu, ''))
      if (digits.length >= 16 && digits.length <= 19 && luhn(digits)) return kinds[2]
    }
    const also = ['chat', 'plate', 'mail'].findIndex(function (name) { return form.patterns[name].test(folded) })
    return also < 0 ? null : kinds[3 + also]
  }

  function isSuspect (text) {
    return form.patterns.long.test(text) || form.patterns.plateHead.test(text) || form.rules.hints.some(function (hint) { return text.indexOf(hint) >= 0 })
  }

  // -- a whole record --------------------------------------------------------------------------------------------------

  function textsOf (node) {
    if (node.items) return [].concat.apply([], node.items.map(textsOf))
    if (node.map) return [].concat.apply([], node.map.map(function (pair) { return textsOf(pair[1]) }))
    return [node]
  }

  function keysOf (node) {
    if (node.items) return [].concat.apply([], node.items.map(keysOf))
    if (!node.map) return []
    return node.map.map(function (pair) { return pair[0] }).concat([].concat.apply([], node.map.map(function (pair) { return keysOf(pair[1]) })))
  }

  /* Comments of a file, as generator/model/source.py finds them. */
  function comments (text) {
    const found = []
    text.split('\n').forEach(function (line, number) {
      const match = COMMENT.exec(line)
      if (match) found.push({ text: match[1], line: number + 1, column: form.length(line.slice(0, line.length - match[1].length)) + 1, comment: true })
    })
    return found
  }

  /* The place of the value under keys, or of the nearest one above it. */
  function placeIn (root, keys) {
    let node = root
    for (const key of keys) {
      const pair = node.map && node.map.find(function (one) { return one[0].text === key })
      if (!pair) return { line: node.line, column: node.column, at: keys.join('.') }
      node = pair[1]
    }
    return { line: node.line, column: node.column, at: node.at === undefined ? keys.join('.') : node.at }
  }

  function outsideWindow (record, tell) {
    const call = form.rules.calls[record.call]
    const period = record.period || {}
    if (!call || !period.start) return
    const start = firstDay(period.start)
    const openEnded = !period.end && form.patterns.open.test(period.text || '')
    const end = openEnded ? start : lastDay(period.end || period.start)
    const opens = call[1]
    const closes = call[2]
    if (!opens || !closes || (start >= opens && end <= closes)) return
    if (lastDay(period.start) >= opens && start <= closes && end <= closes) return
    tell(['period'], 'outside-window', {
      'draft.period.words': periodWords(period.start, period.end, period.text),
      'call.number': call[0],
      'call.id': record.call,
      opens: opens,
      closes: closes
    })
  }

  function otherYear (record, tell, own) {
    const start = (record.period || {}).start
    if (start && /^\d+$/.test(own.year) && start.slice(0, 4) !== own.year) {
      tell(['period'], 'other-year', { 'period.start.text[:4]': start.slice(0, 4), 'draft.year': own.year })
    }
  }

  function publicMailbox (record, tell) {
    if (record.contact && record.contact.email && form.doubtfulData(record.contact.email)) tell(['contact', 'email'], 'public-mailbox', {})
  }

  function societyIsPartner (record, tell, own) {
    if ((record.partners || []).indexOf(own.society) >= 0) tell(['partners'], 'society-is-partner', {})
  }

  const RECORD_RULES = [outsideWindow, otherYear, publicMailbox, societyIsPartner]

  function checkText (source, add) {
    if (!isSuspect(source.text) && !isSuspect(source.path)) return
    const told = new Set()
    const values = textsOf(source.root)
    const everything = values.concat(keysOf(source.root), comments(source.text), [{ text: source.path.split('/').pop(), line: 1, column: 1 }])
    everything.forEach(function (text) {
      const found = form.privateData(text.text)
      if (found && found[0] === form.rules.kinds[1] && text.text.slice(0, 8).indexOf('://') >= 0 && !form.patterns.namesAPhone.test(text.text)) return
      if (found && !(told.has(text.line) && text.text.startsWith('#'))) {
        told.add(text.line)
        add(form.fault('private-numbers', text, { 'found[0]': found[0], 'found[1]': found[1] }))
      }
    })
    values.forEach(function (text) {
      if (text.text.slice(0, 8).indexOf('://') >= 0) return
      if (text.text.indexOf('@') >= 0 && text.text.indexOf(' ') < 0 && form.length(text.text) < 80) return
      const found = form.doubtfulData(text.text)
      if (found) add(form.fault('doubtful-numbers', text, { found: found }))
    })
  }

  /* Characters that nobody can see, told once each; gives the text without them. */
  form.seen = function (node, problems) {
    const text = node.text.replace(form.every('forbidden'), function (found) {
      const code = found.codePointAt(0)
      const why = form.rules.why.find(function (row) { return row[0] <= code && code <= row[1] })
      const word = form.length(found) > 1 ? '叠加了太多符号' : why ? why[2] : '不可见的字符'
      problems.push(form.fault('forbidden-character', node, ['U+' + code.toString(16).toUpperCase().padStart(4, '0'), word]))
      return ''
    })
    return text
  }

  /* A source {path, root, text, lost} as a record with its problems: the faults of its values, its rules, its private numbers. */
  form.checkRecord = function (source, known) {
    const reader = new form.Reader(known, source.lost)
    const words = source.root.map.map(function (pair) { return pair[0].text })
    function has (key, label) { return words.indexOf(key) >= 0 || words.indexOf(label) >= 0 }
    const parts = source.path.replace(/\.yml$/, '').split('/').concat('', '', '').slice(1, 4)
    const own = { year: parts[0], society: parts[1] }
    const read = reader.record(form.rules.record, source.root, { source: has('source', '来源'), call: has('call', '通知') })
    RECORD_RULES.forEach(function (rule) {
      rule(read[0], function (keys, code, found) { reader.problems.push(form.fault(code, placeIn(source.root, keys), found)) }, own)
    })
    checkText(source, function (problem) { reader.problems.push(problem) })
    return { record: read[0], problems: reader.problems }
  }

  /* Records of the same society and year whose names are much like a draft's, by the measure of near_duplicates.
     A record is {id, title, regions, renews}; a draft has no regions while they are not chosen yet. */
  form.nearDuplicates = function (draft, others) {
    const group = others.filter(function (one) { return one.id !== draft.id }).concat(draft)
    const titles = group.map(function (one) { return form.fold(one.title) })
    const holders = new Map()
    titles.forEach(function (title, number) {
      const characters = Array.from(title)
      new Set(characters.slice(1).map(function (next, at) { return characters[at] + next })).forEach(function (pair) {
        holders.set(pair, (holders.get(pair) || []).concat(number))
      })
    })
    const own = group.length - 1
    const candidates = new Set()
    holders.forEach(function (numbers) {
      if (numbers.length > 1 && numbers.length <= form.rules.alike[1] && numbers.indexOf(own) >= 0) numbers.forEach(function (number) { candidates.add(number) })
    })
    candidates.delete(own)
    return Array.from(candidates, function (number) { return group[number] }).filter(function (one) {
      if (draft.renews === one.id || (draft.id && one.renews === draft.id)) return false
      const apart = draft.regions.length && !one.regions.some(function (region) { return draft.regions.indexOf(region) >= 0 })
      return !apart && form.ratio(form.fold(one.title), titles[own]) >= form.rules.alike[0]
    })
  }

  form.duplicateFault = function (one, place) {
    return form.fault('near-duplicates', place, { 'earlier.title': one.title, 'earlier.id': one.id })
  }
})(typeof window === 'undefined' ? globalThis : window)
