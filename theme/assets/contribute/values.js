/* Nodes in, records out: the types of generator/model/{values,pointers,dates}.py and the walk of reader.py, fault for fault.
   A node is {text, cut} or {items} or {map: [[key node, node], …]}, each with line, column and at (where it stands in a form). */
(function (global) {
  'use strict'
  const form = global.catalogForm
  const FAULT = form.FAULT = { fault: true }
  const LINK_REFUSES = new RegExp('[' + form.SPACE + '<>"\'`\\\\{}|^]')
  const DASHES = new RegExp('[' + form.SPACE + '—–－]+', 'g')
  const TEXT = 0
  const ITEMS = 1
  const PARTS = 2

  function shape (node) { return node.map ? PARTS : node.items ? ITEMS : TEXT }
  function isText (node) { return shape(node) === TEXT }

  /* Reads one record; `known`: vocabularies, places, societies, calls; `lost`: lines that could not be read, and were told. */
  form.Reader = function (known, lost) {
    this.known = known
    this.lost = lost || []
    this.problems = []
  }
  const Reader = form.Reader.prototype

  Reader.add = function (code, node, found) {
    this.problems.push(form.fault(code, node, found))
    return FAULT
  }

  Reader.wrongShape = function (node, label, wanted) {
    const shapes = form.rules.shapes
    if (isText(node) && node.text.indexOf('：') >= 0 && wanted === PARTS) {
      const told = []
      node.text.replace(form.every('colon'), function (all, key) { told.push(key) })
      return this.add('colon-inside', node, [label, told])
    }
    return this.add('wrong-shape', node, [label, shapes[wanted], shapes[shape(node)]])
  }

  /* A scalar, stripped. In free text nothing may be cut off by ` #`. */
  Reader.text = function (node, label, free) {
    if (!isText(node)) return this.wrongShape(node, label, TEXT)
    if (node.cut && free) return this.add('comment-cut', node, [label])
    const text = form.strip(node.text)
    const bare = free ? text : unquoted(text)
    if (bare !== text) this.add('chinese-quotes', node, [label, text])
    return bare
  }

  function unquoted (text) {
    const quotes = form.rules.quotes
    let from = 0
    let to = text.length
    while (from < to && quotes.indexOf(text[from]) >= 0) from += 1
    while (to > from && quotes.indexOf(text[to - 1]) >= 0) to -= 1
    return text.slice(from, to)
  }

  /* [what could be read, whether that is all without error]; `duties`: {source, call}. */
  Reader.record = function (name, node, duties) {
    const reader = this
    const before = this.problems.length
    const given = duties || { source: true, call: false }
    const said = saidIn(this, name, node)
    const lost = this.lost.length ? lostKeys(this, name, node) : new Set()
    form.rules.tables[name].lines.forEach(function (line) {
      if (said.has(line.key) || lost.has(line.key)) return
      if (line.duty === 'always' || (line.duty === 'submission' && !given.source) || (line.duty === 'with call' && given.call)) {
        reader.problems.push(form.fault('missing-field', below(node, line.key), [line.label, line.key, line.example]))
      } else if (line.duty === 'advised' && !given.source) {
        reader.problems.push(form.fault('advised-field', below(node, line.key), [line.label, line.key]))
      }
    })
    const record = {}
    const wrong = new Set()
    said.forEach(function (value, key) {
      if (value === FAULT) wrong.add(key)
      else record[key] = value
    })
    const check = form.checks[name]
    if (check && !wrong.size) check(record, function (key, code, found) { reader.add(code, placeOf(node, key), found) })
    const whole = !this.problems.slice(before).some(function (problem) { return problem.level === 'error' })
    return [record, whole]
  }

  /* What is missing stands where it would stand in the form; in a file, at the group. */
  function below (node, key) {
    return { line: node.line, column: node.column, at: (node.at ? node.at + '.' : '') + key }
  }

  function placeOf (node, key) {
    const found = node.map.find(function (pair) { return pair[0].text === key })
    return found ? found[1] : node
  }

  const keysOf = new Map()
  function keys (name) {
    if (keysOf.has(name)) return keysOf.get(name)
    const found = new Map()
    form.rules.tables[name].lines.forEach(function (line) {
      [line.key, line.label].concat(line.aliases).forEach(function (spelling) {
        [form.fold(spelling), spelling].forEach(function (word) { if (!found.has(word)) found.set(word, line) })
      })
    })
    keysOf.set(name, found)
    return found
  }

  /* The field that a word in a file stands for. */
  form.lineOf = function (name, word) { return keys(name).get(word) || keys(name).get(form.fold(word)) }

  function saidIn (reader, name, node) {
    const read = new Map()
    const said = new Map()
    const lines = form.rules.tables[name].lines
    node.map.forEach(function (pair) {
      const word = pair[0].text
      const line = form.lineOf(name, word)
      if (!line) {
        const names = lines.map(function (one) { return one.key })
        const near = form.nearest(word, names.concat(lines.map(function (one) { return one.label })))
        reader.add('unknown-key', pair[0], [word, near, names])
        return
      }
      if (said.has(line.key)) {
        reader.add('repeated-key', pair[0], [word, said.get(line.key).line])
        return
      }
      said.set(line.key, pair[0])
      if (isText(pair[1]) && !form.strip(pair[1].text)) return // a key with nothing behind it: absent
      read.set(line.key, readValue(line.value, pair[1], reader, line.label))
    })
    return read
  }

  function lostKeys (reader, name, node) {
    const found = new Set()
    const spellings = Array.from(keys(name).keys()).sort(function (one, other) { return form.length(other) - form.length(one) })
    reader.lost.forEach(function (line) {
      if (/^[ -]/.test(line) !== node.column > 1) return
      const words = form.casefold(line.replace(/^[ -]+/, ''))
      const spelling = spellings.find(function (one) {
        const start = form.casefold(one)
        return words.startsWith(start) && !/^[A-Za-z]/.test(words.slice(start.length))
      })
      if (spelling) found.add(keys(name).get(spelling).key)
    })
    return found
  }

  function readValue (value, node, reader, label) { return types[value.type](value, node, reader, label) }

  function sized (text, value, node, reader, label) {
    const length = form.length(text)
    if (length < value.least) return reader.add('too-short', node, [label, length, value.least])
    if (length > value.most) return reader.add('too-long', node, [label, length, value.most])
    return text
  }

  function paragraph (value, node, reader, label) {
    const text = reader.text(node, label, true)
    return text === FAULT ? text : sized(text, value, node, reader, label)
  }

  function apart (value, node, reader, label) {
    if (!value.one.several) return node.items
    const several = form.every('several')
    return node.items.reduce(function (found, child) {
      const words = isText(child) ? child.text.split(several).filter(function (word) { return word && form.strip(word) }) : []
      if (!words.length || (words.length === 1 && words[0] === child.text)) return found.concat(child)
      const first = form.strip(child.text)[0]
      if (form.rules.dashes.indexOf(first) >= 0) reader.add('list-dash', child, [Array.from(child.text)[0]])
      else reader.add('list-comma', child, [label, child.text])
      return found.concat(words.map(function (word) { return { text: word, line: child.line, column: child.column, at: child.at } }))
    }, [])
  }

  const types = form.types = {
    Line: function (value, node, reader, label) {
      const text = reader.text(node, label, true)
      if (text === FAULT) return text
      if (text.indexOf('\n') >= 0) return reader.add('line-break', node, [label])
      return sized(text, value, node, reader, label)
    },
    Paragraph: paragraph,
    Markdown: paragraph,
    Choice: function (value, node, reader, label) {
      const word = reader.text(node, label)
      if (word === FAULT) return word
      const vocabulary = reader.known.vocabularies[value.vocabulary]
      const found = vocabulary.find(word)
      return found || reader.add('unknown-term', node, [label, word, vocabulary.nearest(word), vocabulary.names])
    },
    Many: function (value, node, reader, label) {
      if (isText(node) && value.one.type !== 'Group') node = { items: [node], line: node.line, column: node.column, at: node.at }
      if (shape(node) !== ITEMS) return reader.wrongShape(node, label, ITEMS)
      const items = apart(value, node, reader, label)
      if (!items.length) return reader.add('too-few', node, [label, 1])
      if (items.length > value.most) return reader.add('too-many', node, [label, items.length, value.most])
      const values = []
      items.forEach(function (child) {
        const one = readValue(value.one, child, reader, label)
        if (one === FAULT) return
        if (isText(child) && values.indexOf(one) >= 0) reader.add('repeated-value', child, [label, child.text])
        else values.push(one)
      })
      return values
    },
    WholeNumber: function (value, node, reader, label) {
      const text = reader.text(node, label)
      if (text === FAULT) return text
      const digits = form.nfkc(text)
      if (form.wholes.digits.test(digits)) {
        const number = form.number(digits)
        if (number >= value.least && number <= value.most) return number
      }
      return reader.add('bad-number', node, [label, text, value.least, value.most])
    },
    Flag: function (value, node, reader, label) {
      const text = reader.text(node, label)
      if (text === FAULT) return text
      const flags = form.rules.flags
      const word = form.casefold(text)
      return Object.prototype.hasOwnProperty.call(flags, word) ? flags[word] : reader.add('bad-flag', node, [label, text])
    },
    Pattern: function (value, node, reader, label) {
      const text = reader.text(node, label)
      if (text === FAULT) return text
      return form.whole([value.pattern, 'u']).test(text) ? text : reader.add('bad-name', node, [label, text, value.what])
    },
    Group: function (value, node, reader, label) {
      const short = form.rules.tables[value.cls].short
      if (isText(node) && short && node.text.indexOf('：') < 0) {
        const key = { text: short, line: node.line, column: node.column, at: node.at }
        node = { map: [[key, node]], line: node.line, column: node.column, at: node.at }
      }
      if (shape(node) !== PARTS) return reader.wrongShape(node, label, PARTS)
      const read = reader.record(value.cls, node)
      return read[1] ? read[0] : FAULT
    },
    PartialDay: function (value, node, reader, label) {
      const text = reader.text(node, label)
      if (text === FAULT) return text
      const day = form.readDay(text)
      return day.wrong ? reader.add('bad-date', node, [label, text, day.wrong]) : day.text
    },
    FullDay: function (value, node, reader, label) {
      const day = types.PartialDay(value, node, reader, label)
      if (day !== FAULT && day.length !== 10) return reader.add('bad-date', node, [label, day, form.reason(4)])
      return day
    },
    Moment: function (value, node, reader, label) {
      const text = reader.text(node, label)
      if (text === FAULT) return text
      const found = form.wholes.time.exec(form.nfkc(text))
      const bare = found ? { text: found[1], line: node.line, column: node.column, at: node.at } : node
      const day = types.FullDay(value, bare, reader, label)
      return day === FAULT || !found ? day : day + ' ' + String(form.number(found[2])).padStart(2, '0') + ':' + found[3]
    },
    PlaceCode: function (value, node, reader, label) {
      const word = reader.text(node, label)
      if (word === FAULT) return word
      const places = reader.known.places
      const codes = places.find(word)
      if (codes.length === 1) return codes[0]
      if (codes.length) return reader.add('ambiguous-place', node, [word, codes.map(places.whole)])
      const region = places.regionNamedIn(word)
      if (region && form.rules.zones.some(function (zone) { return word.endsWith(zone) }) && form.length(word) > 4) {
        reader.add('place-not-listed', node, [word, places.name(region)])
        return region
      }
      return reader.add('unknown-place', node, [word, places.nearest(word)])
    },
    Link: function (value, node, reader, label) {
      const text = reader.text(node, label, true)
      if (text === FAULT) return text
      return isWebAddress(text) ? text : reader.add('bad-link', node, [label, text])
    },
    Phone: function (value, node, reader, label) {
      const text = reader.text(node, label)
      if (text === FAULT) return text
      const number = form.nfkc(text).replace(/（/g, '(').replace(/）/g, ')').replace(DASHES, '-')
      if (form.privateData(text)) return text // the rule on private data says it, once
      return form.wholes.phone.test(number) ? number : reader.add('bad-phone', node, [label, text])
    },
    Email: function (value, node, reader, label) {
      const text = reader.text(node, label)
      if (text === FAULT) return text
      return form.wholes.email.test(text) ? text : reader.add('bad-email', node, [label, text])
    },
    CallId: function (value, node, reader, label) {
      const text = reader.text(node, label)
      const calls = reader.known.calls
      if (text === FAULT || Object.prototype.hasOwnProperty.call(calls, text)) return text
      return reader.add('unknown-record', node, [label, text, form.nearest(text, Object.keys(calls))])
    },
    SocietyName: function (value, node, reader, label) {
      const name = types.Line({ least: 2, most: 60 }, node, reader, label)
      return name === FAULT ? name : reader.known.societies.find(name) || name
    }
  }

  /* http or https, a host, no white space, quotes, angle brackets or user name; at most 2,000 characters. */
  function isWebAddress (text) {
    if (form.length(text) > 2000 || LINK_REFUSES.test(text)) return false
    const found = /^https?:\/\/([^/?#]*)/i.exec(text)
    if (!found || found[1].indexOf('@') >= 0) return false
    const bare = found[1].replace(/[@:#?]/g, '')
    if (form.nfkc(bare) !== bare && /[/?#@:]/.test(form.nfkc(bare))) return false
    const bracket = found[1].indexOf('[')
    if (bracket < 0 !== found[1].indexOf(']') < 0) return false
    const host = bracket < 0 ? found[1].split(':')[0] : found[1].slice(bracket + 1).split(']')[0]
    const rest = bracket < 0 ? found[1] : found[1].slice(found[1].indexOf(']') + 1)
    const port = rest.indexOf(':') < 0 ? '' : rest.slice(rest.indexOf(':') + 1)
    if (bracket >= 0 && !/^(?:v[0-9a-f]+\..+|[0-9a-f.]*:[0-9a-f:.]+(?:%.+)?)$/i.test(host)) return false
    return host !== '' && (port === '' || (/^[0-9]+$/.test(port) && Number(port) < 65536))
  }
})(typeof window === 'undefined' ? globalThis : window)
