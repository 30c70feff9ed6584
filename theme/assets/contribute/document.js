/* A filled form in Word in, plain values out: read where it lies, nothing is sent. Our own forms carry every answer in a content
   control with the tag catalog:<key>. Anything else, and anything that is meant to do harm, is refused in a sentence. */
(function (global) {
  'use strict'
  const form = global.catalogForm
  const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
  const MOST_FILE = 10 * 1024 * 1024
  const MOST_MEMBERS = 200
  const MOST_TEXT = 8 * 1024 * 1024
  const MOST_TIMES = 100 // inflated to deflated
  const MOST_ANSWERS = 2000
  const TICKED = /[☑☒■√✓✔]/
  const OPEN = /[□☐]/

  function refuse (sentence) { throw new form.Refused(sentence) }
  form.Refused = function (sentence) { this.words = sentence }

  const OLD = '这是旧版 .doc，或者是加了密码的文件。请在 Word 里打开，另存为不带密码的 .docx。'
  const BROKEN = '这个文件打不开，可能没有传完整。请在 Word 里打开看看，再另存一次。'
  const TOO_MUCH = '这个文件太大，或者里面的内容多得不正常，没有读。请用本站的申报表重新填写，不要放图片。'
  const NOT_OURS = '这个文件里没有本站申报表的填写格。请用本站发出的申报表；别的表格请发给管理员代录。'

  /* The bytes of a member of a zip file. */
  function member (bytes, name) {
    if (bytes.length > MOST_FILE) refuse(TOO_MUCH)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (bytes[0] === 0xD0 && bytes[1] === 0xCF) refuse(OLD)
    if (bytes.length < 22 || view.getUint32(0, true) !== 0x04034b50) refuse('这不是 .docx 文件。请用本站的申报表，另存为 .docx。')
    let end = bytes.length - 22
    while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1
    if (end < 0) refuse(BROKEN)
    const count = view.getUint16(end + 10, true)
    let at = view.getUint32(end + 16, true)
    if (count > MOST_MEMBERS) refuse(TOO_MUCH)
    let found = null
    for (let number = 0; number < count; number++) {
      if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) refuse(BROKEN)
      const length = view.getUint16(at + 28, true)
      if (new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length)) === name) {
        if (found) refuse(BROKEN)
        found = { flags: view.getUint16(at + 8, true), method: view.getUint16(at + 10, true), size: view.getUint32(at + 20, true), start: view.getUint32(at + 42, true) }
      }
      at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    }
    if (!found) refuse(NOT_OURS)
    if (found.flags & 1) refuse(OLD)
    if (found.start + 30 > bytes.length) refuse(BROKEN)
    const start = found.start + 30 + view.getUint16(found.start + 26, true) + view.getUint16(found.start + 28, true)
    return inflated(bytes.subarray(start, start + found.size), found.method)
  }

  /* What is said of sizes is not believed: bytes are counted as they come. */
  function inflated (packed, method) {
    if (method === 0) return packed.length > MOST_TEXT ? refuse(TOO_MUCH) : packed
    if (method !== 8) refuse(BROKEN)
    const pieces = []
    let size = 0
    const inflate = new global.fflate.Inflate(function (piece) {
      size += piece.length
      if (size > MOST_TEXT || size > MOST_TIMES * Math.max(packed.length, 1024)) refuse(TOO_MUCH)
      pieces.push(piece)
    })
    try {
      for (let at = 0; at < packed.length; at += 16384) inflate.push(packed.subarray(at, at + 16384), at + 16384 >= packed.length)
    } catch (fault) {
      if (fault instanceof form.Refused) throw fault
      refuse(BROKEN)
    }
    const whole = new Uint8Array(size)
    let at = 0
    pieces.forEach(function (piece) {
      whole.set(piece, at)
      at += piece.length
    })
    return whole
  }

  function childrenOf (element, name) {
    return Array.from(element.childNodes).filter(function (one) { return one.namespaceURI === W && one.localName === name })
  }
  function attribute (element, name) { return element ? element.getAttributeNS(W, name) || '' : '' }

  /* The visible, final words of an element: no deleted or hidden text; a line a paragraph. */
  function words (element) {
    let text = ''
    let paragraphs = 0
    function walk (node) {
      if (node.nodeType !== 1) return
      const name = node.localName
      if (name === 'del' || name === 'moveFrom' || name === 'sdtPr' || name === 'instrText') return
      if (name === 'r' && node.getElementsByTagNameNS(W, 'vanish').length) return
      if (name === 'p' && paragraphs++) text += '\n'
      if (name === 't') text += node.textContent
      else if (name === 'tab') text += ' '
      else if (name === 'br' || name === 'cr') text += '\n'
      else Array.from(node.childNodes).forEach(walk)
    }
    walk(element)
    return form.strip(text)
  }

  /* The answers of a document: [key, words] in order. */
  function answers (xml) {
    if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) refuse('这个文件里有不该有的声明，没有读。请用本站的申报表重新填写。')
    const tree = new DOMParser().parseFromString(xml, 'application/xml')
    if (tree.getElementsByTagName('parsererror').length) refuse(BROKEN)
    const controls = Array.from(tree.getElementsByTagNameNS(W, 'sdt'))
    if (controls.length > MOST_ANSWERS) refuse(TOO_MUCH)
    const found = []
    controls.forEach(function (control) {
      const head = childrenOf(control, 'sdtPr')[0]
      const content = childrenOf(control, 'sdtContent')[0]
      const tag = head ? attribute(childrenOf(head, 'tag')[0], 'val') : ''
      if (!tag.startsWith('catalog:') || !content) return
      const holder = childrenOf(head, 'showingPlcHdr').length
      found.push([tag.slice(8), holder ? '' : words(content)])
    })
    if (!found.length) refuse(NOT_OURS)
    return found
  }

  /* What is ticked, where there are boxes; else the words with separators between them. */
  function several (text) {
    if (TICKED.test(text) || OPEN.test(text)) {
      return text.split(/(?=[☑☒■√✓✔□☐])/).filter(function (part) { return TICKED.test(part[0]) }).map(function (part) {
        return form.strip(part.slice(1)).replace(/[、，,；;。]+$/, '')
      }).filter(Boolean)
    }
    // Our forms part a list by the weakest sign that stands in none of its words.
    return text.split(/\n/.test(text) ? /\n/ : /[；;]/.test(text) ? /[；;]/ : /[、，,]/).map(form.strip).filter(Boolean)
  }

  /* Answers as plain values by the table; what no line of the table asks for is left over. */
  form.fromAnswers = function (found) {
    const values = {}
    const left = []
    const meta = {}
    found.forEach(function (pair) {
      const ways = pair[0].split('.')
      if (ways[0] === 'form') {
        const marks = pair[1].split('｜') // kind of form, society, call
        meta.society = meta.society || marks[1] || ''
        if (marks[2]) values.call = marks[2]
        return
      }
      if (!pair[1]) return
      if (ways[0] === 'society') meta.society = pair[1]
      else if (!put(values, form.rules.record, ways, pair[1])) left.push(pair)
    })
    return { values: tidied(values), left: left, meta: meta }
  }

  function put (values, table, ways, text) {
    const line = form.rules.tables[table].lines.find(function (one) { return one.key === ways[0] })
    if (!line) return false
    const type = line.value
    const one = type.one || type
    const rest = ways.slice(1)
    if (one.type === 'Group') {
      const number = type.one ? rest.shift() : null
      if (type.one && !/^\d{1,3}$/.test(number || '')) return false
      if (!rest.length) return false
      const target = values[line.key] = values[line.key] || (type.one ? [] : {})
      if (!type.one) return put(target, one.cls, rest, text)
      target[number] = target[number] || {}
      return put(target[number], one.cls, rest, text)
    }
    if (!type.one) values[line.key] = one.type === 'Choice' ? named(one, several(text)[0] || '') : one.type === 'Line' ? text.replace(/\n+/g, ' ') : text
    else values[line.key] = (values[line.key] || []).concat(several(text).map(function (word) { return one.type === 'Choice' ? named(one, word) : word }))
    return true
  }

  /* A term by its name, whatever it was called. */
  function named (type, word) {
    const vocabulary = form.known.vocabularies[type.vocabulary]
    const found = vocabulary.find(word)
    return found ? vocabulary.name(found) : word
  }

  /* Values without what says nothing: cells left empty, boxes left open. */
  function tidied (value) {
    if (Array.isArray(value)) return value.map(tidied).filter(function (one) { return one && Object.keys(one).length })
    if (typeof value !== 'object' || !value) return value
    return Object.keys(value).reduce(function (kept, key) {
      const one = tidied(value[key])
      if (one && Object.keys(one).length) kept[key] = one
      return kept
    }, {})
  }

  /* A file's bytes as the forms in it, each with its values, what is left over, and what it says of itself: several activities may stand
     in one document, each begun by a mark. Throws form.Refused with a sentence. */
  form.readDocument = function (bytes) {
    const forms = []
    answers(new TextDecoder().decode(member(bytes, 'word/document.xml'))).forEach(function (pair) {
      if (pair[0] === 'form' || !forms.length) forms.push([])
      forms[forms.length - 1].push(pair)
    })
    const read = forms.map(form.fromAnswers)
    const filled = read.filter(function (one) { return Object.keys(one.values).length })
    return filled.length ? filled : read.slice(0, 1)
  }
})(typeof window === 'undefined' ? globalThis : window)
