/* A record in, the text of its file out, letter for letter as generator/load/canonical.py writes it; and an existing file with only
   the changed values written anew. */
(function (global) {
  'use strict'
  const form = global.catalogForm
  const MOST_CHARACTERS = 100

  function isPlain (text) {
    return !(text === '' || text !== form.strip(text) || text.indexOf('\n') >= 0 || form.rules.special.indexOf(text[0]) >= 0 ||
      form.patterns.inside.test(text) || form.wholes.other.test(text))
  }

  function quoted (text) {
    return '"' + text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\t/g, '\\t').replace(/\n/g, '\\n') + '"'
  }

  function scalar (value) {
    const text = String(value)
    return isPlain(text) ? text : quoted(text)
  }

  function isGroup (value) { return typeof value === 'object' && !Array.isArray(value) }

  /* A value on one line; null where it holds a line break. */
  function flow (value) {
    if (Array.isArray(value)) {
      const inner = value.map(flow)
      return inner.indexOf(null) >= 0 ? null : '[' + inner.join(', ') + ']'
    }
    if (isGroup(value)) {
      const parts = Object.keys(value).map(function (key) { return [scalar(key), flow(value[key])] })
      return parts.some(function (part) { return part[1] === null }) ? null : '{' + parts.map(function (part) { return part.join(': ') }).join(', ') + '}'
    }
    return String(value).indexOf('\n') >= 0 ? null : scalar(value)
  }

  function mapping (values, indent) {
    return [].concat.apply([], Object.keys(values).map(function (key) {
      return entry(' '.repeat(indent) + scalar(key) + ':', values[key], indent)
    }))
  }

  /* The lines of one entry; `head`: its key or dash with the indent before it. */
  function entry (head, value, indent) {
    const short = flow(value)
    const deeper = ' '.repeat(indent + 2)
    if (typeof value === 'string' && value.indexOf('\n') >= 0) {
      return [head + ' |'].concat(value.split('\n').map(function (line) { return line ? deeper + line : '' }))
    }
    if (typeof value !== 'object' || !Object.keys(value).length) return [head + ' ' + short]
    const ofGroups = Array.isArray(value) && value.some(function (one) { return typeof one === 'object' })
    if (short !== null && !ofGroups && form.length(head) + 1 + form.length(short) <= MOST_CHARACTERS) return [head + ' ' + short]
    if (isGroup(value) && head.endsWith('-')) {
      const lines = mapping(value, indent + 2)
      return [' '.repeat(indent) + '- ' + lines[0].replace(/^ +/, '')].concat(lines.slice(1))
    }
    if (isGroup(value)) return [head].concat(mapping(value, indent + 2))
    return [head].concat([].concat.apply([], value.map(function (one) { return entry(deeper + '-', one, indent + 2) })))
  }

  // -- what a record states --------------------------------------------------------------------------------------------

  const WRITES = {
    Choice: function (type, value, known) { return known.vocabularies[type.vocabulary].name(value) },
    PlaceCode: function (type, value, known) { return known.places.name(value) },
    SocietyName: function (type, value, known) { return known.societies.name(value) },
    Flag: function (type, value) { return value ? '是' : '否' },
    Many: function (type, value, known) { return value.map(function (one) { return written(type.one, one, known) }) },
    Group: function (type, value, known) { return form.stated(type.cls, value, known) }
  }

  function written (type, value, known) { return WRITES[type.type] ? WRITES[type.type](type, value, known) : value }

  /* What a record states, in the order of its table, by English keys and Chinese names. */
  form.stated = function (name, record, known) {
    const made = {}
    form.rules.tables[name].lines.forEach(function (line) {
      const value = record[line.key]
      if (value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length)) return
      const one = written(line.value, value, known)
      if (!isGroup(one) || Object.keys(one).length) made[line.key] = one
    })
    return made
  }

  /* The text of a record's file, from the record as checkRecord reads it. */
  form.yamlText = function (record, known) {
    return mapping(form.stated(form.rules.record, record, known), 0).map(function (line) { return line + '\n' }).join('')
  }

  // -- an existing file ------------------------------------------------------------------------------------------------

  function same (one, other) { return JSON.stringify(one) === JSON.stringify(other) }

  /* The text of a file with what changed between two records written anew, and every other line as it was. `root`: the file's node,
     whose pairs say where they begin and end: {from, to}, whole lines, for those that stand on lines of their own. */
  form.edited = function (text, root, before, after, known) {
    const name = form.rules.record
    const lines = text.split('\n')
    const cuts = []
    changed(name, root, form.stated(name, before, known), form.stated(name, after, known), 0, cuts)
    cuts.sort(function (one, other) { return other.from - one.from || other.rank - one.rank }).forEach(function (cut) {
      lines.splice.apply(lines, [cut.from, cut.to - cut.from].concat(cut.lines))
    })
    return lines.join('\n')
  }

  function changed (name, node, before, after, indent, cuts) {
    const table = form.rules.tables[name].lines
    const pairs = new Map()
    node.map.forEach(function (pair) {
      const line = form.lineOf(name, pair[0].text)
      if (line) pairs.set(line.key, pair)
    })
    let next = node.map.length ? node.map[0].from : 0 // a new entry stands behind the last one that comes before it in the table
    table.forEach(function (line, rank) {
      const pair = pairs.get(line.key)
      const value = after[line.key]
      if (same(before[line.key], value)) {
        if (pair) next = pair.to
        return
      }
      const inner = pair && pair[1].map && pair[1].map.length && pair[1].map[0].from !== undefined
      if (inner && line.value.type === 'Group' && value && before[line.key]) {
        changed(line.value.cls, pair[1], before[line.key], value, pair[1].column - 1, cuts)
      } else if (pair) {
        const key = ' '.repeat(indent) + pair[0].written + ':'
        let fresh = value === undefined ? [] : entry(key, value, indent)
        if (pair.comment && fresh.length > 1) fresh.unshift(' '.repeat(indent) + pair.comment)
        else if (pair.comment && fresh.length) fresh = [(typeof value === 'object' ? fresh[0] : key + ' ' + quoted(String(value))) + ' ' + pair.comment]
        cuts.push({ from: pair.from, to: pair.to, rank: rank, lines: fresh })
      } else {
        cuts.push({ from: next, to: next, rank: rank, lines: entry(' '.repeat(indent) + line.key + ':', value, indent) })
      }
      if (pair) next = pair.to
    })
  }
})(typeof window === 'undefined' ? globalThis : window)
