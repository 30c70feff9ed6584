/* Text as Python compares and measures it: white space, folding, code points, the nearest word; and a fault put into words.
   Everything of the web form hangs on window.catalogForm; these first files touch no page. */
(function (global) {
  'use strict'
  const form = global.catalogForm = global.catalogForm || {}
  const SPACE = form.SPACE = '\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
  const SPACES = new RegExp('[' + SPACE + ']+', 'g')
  const ENDS = new RegExp('^[' + SPACE + ']+|[' + SPACE + ']+$', 'g')
  const MASKED = /\p{Nd}(?:[ -]?\p{Nd}){6,}[\p{Nd}Xx]?/gu
  const DATE = /^\p{Nd}{4}-\p{Nd}\p{Nd}?-\p{Nd}\p{Nd}?$/u
  const UNSEEN = /^[\p{C}\p{Z}]$/u
  const MOST_SHOWN = 40
  const NEAR = 49
  let rules = null

  /* What the build knows: tables, lists, words and patterns. A pattern that an old browser cannot read loses its look behind. */
  form.learn = function (data) {
    rules = form.rules = data
    form.patterns = {}
    form.wholes = {}
    Object.keys(data.patterns).forEach(function (name) { form.patterns[name] = pattern(data.patterns[name], '') })
    Object.keys(data.patterns).forEach(function (name) { form.wholes[name] = form.whole(data.patterns[name]) })
  }

  function pattern (written, more) {
    try {
      return new RegExp(written[0], written[1] + more)
    } catch {
      return new RegExp(written[0].replace(/\(\?<!(?:\[[^\]]*\]|\\.|[^\])])*\)/g, ''), written[1] + more)
    }
  }

  form.whole = function (written) { return pattern(['^(?:' + written[0] + ')$', written[1]], '') }
  form.every = function (name) { return pattern(rules.patterns[name], 'g') }

  form.nfkc = function (text) { return text.normalize('NFKC') }
  form.strip = function (text) { return text.replace(ENDS, '') }
  form.length = function (text) { return Array.from(text).length }
  form.squeezed = function (text) { return text.replace(SPACES, '') }

  /* Python's casefold, character by character. */
  function folded (character) {
    if (/[\u13a0-\u13f5\uab70-\uabbf\u13f8-\u13fd]/.test(character)) return character.toUpperCase()
    const lower = character.toLowerCase()
    if (lower === 'ı' || Array.from(lower).length > 1) return lower
    return Array.from(lower.toUpperCase(), function (one) { return one.toLowerCase() }).join('')
  }
  form.casefold = function (text) { return /^[ -~\u2e80-\ua000\uff00-\uffef]*$/.test(text) ? text.toLowerCase() : Array.from(text, folded).join('') }
  form.fold = function (text) { return form.squeezed(form.casefold(form.nfkc(text))) }

  /* A whole number in the digits of any script: in every row of sixteen they begin at 0 or at 6. */
  form.number = function (digits) {
    return Array.from(digits).reduce(function (value, digit) {
      const code = digit.codePointAt(0)
      let zero = code < 128 ? 48 : code & ~15
      if (code >= 128 && !/\p{Nd}/u.test(String.fromCodePoint(zero))) zero += 6
      return value * 10 + code - zero
    }, 0)
  }

  function visible (character) {
    if (character === '\n') return '⏎'
    if (character === ' ' || !UNSEEN.test(character)) return character
    if (character === '\u3000') return '□'
    return 'U+' + character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')
  }

  /* A contributor's text, safe to quote in a message. */
  form.shown = function (text) {
    const front = form.nfkc(Array.from(text).slice(0, 400).join(''))
    MASKED.lastIndex = 0
    if (MASKED.test(front)) {
      text = front.replace(MASKED, function (number) { return DATE.test(number) ? number : '…' + Array.from(number).slice(-2).join('') })
    }
    let characters = Array.from(text)
    if (characters.length > MOST_SHOWN) characters = characters.slice(0, MOST_SHOWN - 1).concat('…')
    return characters.map(visible).join('')
  }

  /* How alike two texts are, 0 to 100: twice the longest common subsequence over both lengths, as rapidfuzz' ratio counts it. */
  form.ratio = function (one, other) {
    const first = Array.from(one)
    const second = Array.from(other)
    const both = first.length + second.length
    if (!both) return 100
    let above = new Uint16Array(second.length + 1)
    let row = new Uint16Array(second.length + 1)
    for (let at = 0; at < first.length; at++) {
      for (let to = 0; to < second.length; to++) {
        row[to + 1] = first[at] === second[to] ? above[to] + 1 : Math.max(row[to], above[to + 1])
      }
      const spare = above
      above = row
      row = spare
    }
    return (1 - (both - 2 * above[second.length]) / both) * 100
  }

  /* The word people most likely meant, or null; the first of equals. */
  form.nearest = function (word, words) {
    const wanted = form.fold(word)
    const length = form.length(wanted)
    let best = null
    let most = NEAR
    words.forEach(function (candidate) {
      const other = form.fold(candidate)
      const count = form.length(other)
      if (2 * Math.min(length, count) / (length + count) * 100 < most - 1e-9) return
      const score = form.ratio(wanted, other)
      if (score > most || (best === null && score >= NEAR)) {
        best = candidate
        most = score
      }
    })
    return best
  }

  function either (words) { return words.slice(0, 16).join('、') + (words.length > 16 ? '……' : '') }

  /* Words as the build wrote them down, filled in. */
  function say (words, names) {
    if (!Array.isArray(words)) return words
    const rest = words.slice(1)
    function part (at) { return say(rest[at], names) }
    switch (words[0]) {
      case '+': return rest.map(function (one, at) { return part(at) }).join('')
      case 'of': return names[rest[0]]
      case 'if': return truth(part(0)) ? part(1) : part(2)
      case 'or': return truth(part(0)) ? part(0) : part(1)
      case 'is': return part(0) === part(1)
      case 'each': return part(2).map(function (one) { return say(rest[0], Object.assign({}, names, { [rest[1]]: one })) })
      case 'list': return rest.map(function (one, at) { return part(at) })
      case 'shown': return form.shown(part(0))
      case 'either': return either(part(0))
      case 'instead': return say(rules.phrases.instead, { nearest: part(0), allowed: rest.length > 1 ? part(1) : [] })
      default: throw new Error(words[0])
    }
  }

  function truth (value) { return Array.isArray(value) ? value.length > 0 : Boolean(value) }

  /* Why a date is none. */
  form.reason = function (number, names) { return say(rules.phrases.reasons[number], names || {}) }

  /* A fault at a place: {line, column, at, code, level, message, cure}. `found`: what its words are filled with, in order or by name. */
  form.fault = function (code, place, found) {
    const words = rules.words[code]
    const names = {}
    if (Array.isArray(found)) words.names.forEach(function (name, at) { names[name] = found[at] })
    else Object.assign(names, found)
    return {
      line: place.line,
      column: place.column,
      at: place.at,
      code: code,
      level: words.level,
      message: say(words.message, names),
      cure: say(words.cure, names)
    }
  }
})(typeof window === 'undefined' ? globalThis : window)
