/* The file of a record: read with its places, written anew or line by line, and the ways it can go from here. */
(function (global) {
  'use strict'
  const form = global.catalogForm
  const MOST_ADDRESS = 7000 // bytes; longer ones are cut or refused on the way

  // -- reading an existing file ----------------------------------------------------------------------------------------

  /* A file's text as a node whose pairs know their lines. Published records only: they were checked. */
  form.readFile = function (text) {
    const starts = [0]
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
    const tree = global.yaml.parseDocument(text, { schema: 'failsafe', uniqueKeys: false, strict: false })
    if (tree.errors.length) throw new Error(tree.errors[0].message)

    function lineOf (at) {
      let low = 0
      let high = starts.length
      while (high - low > 1) {
        const middle = (low + high) >> 1
        if (starts[middle] <= at) low = middle
        else high = middle
      }
      return low
    }

    function placed (node, start) {
      const line = lineOf(start)
      return Object.assign(node, { line: line + 1, column: form.length(text.slice(starts[line], start)) + 1 })
    }

    /* The last line a value stands on; comments and blank lines behind it are not its own. */
    function lastLine (node, start) {
      if (node && node.items && node.items.length && !node.flow) {
        const item = node.items[node.items.length - 1]
        if (item.key) return lastLine(item.value, item.key.range[1])
        return lastLine(item, item.range ? item.range[0] : start)
      }
      const end = node && node.range ? node.range[1] : start
      return lineOf(Math.max(start, text.slice(0, end).replace(/\s+$/, '').length - 1))
    }

    function nodeOf (node, start) {
      const at = node && node.range ? node.range[0] : start
      if (node && node.items && node.items.some(function (one) { return one.key })) {
        return placed({ map: node.items.map(function (pair) { return pairOf(pair, node.flow, at) }) }, at)
      }
      if (node && node.items) return placed({ items: node.items.map(function (one) { return nodeOf(one, at) }) }, at)
      return placed({ text: node && typeof node.value === 'string' ? node.value : '' }, at)
    }

    function pairOf (pair, isFlow, above) {
      const start = pair.key.range ? pair.key.range[0] : above
      const key = placed({ text: String(pair.key.value), written: text.slice(pair.key.range[0], pair.key.range[1]) }, start)
      const value = nodeOf(pair.value, pair.key.range[1])
      const made = [key, value]
      if (isFlow) return made
      made.from = key.line - 1
      made.to = lastLine(pair.value, pair.key.range[1]) + 1
      if (made.to - made.from === 1 && pair.value && pair.value.range) {
        const rest = text.slice(pair.value.range[1], starts[made.to] === undefined ? text.length : starts[made.to])
        const found = /^\s+(#.*?)\s*$/.exec(rest)
        if (found) made.comment = found[1]
      }
      return made
    }

    return nodeOf(tree.contents, 0)
  }

  /* The text of a file after a change, or a new one where the old one cannot be kept. `original`: {text, root, record}. */
  form.textAfter = function (original, record, known) {
    if (!original || (original.root.map[0] && original.root.map[0].from === undefined)) return form.yamlText(record, known)
    const text = form.edited(original.text, original.root, original.record, record, known)
    try {
      const again = form.checkRecord({ path: original.path, root: form.readFile(text), text: text, lost: [] }, known).record
      const name = form.rules.record
      if (JSON.stringify(form.stated(name, again, known)) === JSON.stringify(form.stated(name, record, known))) return text
    } catch { /* written anew below */ }
    return form.yamlText(record, known)
  }

  // -- a name for a new file -------------------------------------------------------------------------------------------

  // The first characters of each letter in the order of pinyin, as browsers sort Chinese.
  const FIRSTS = '阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀'
  const LETTERS = 'abcdefghjklmnopqrstwxyz'

  form.slugOf = function (title) {
    const order = new Intl.Collator('zh-Hans-CN-u-co-pinyin').compare
    const letters = Array.from(form.nfkc(title), function (character) {
      if (/[A-Za-z0-9]/.test(character)) return character.toLowerCase()
      if (!/[\u3400-\u9fff]/.test(character)) return ''
      let letter = ''
      Array.from(FIRSTS).forEach(function (first, at) { if (order(character, first) >= 0) letter = LETTERS[at] })
      return letter
    }).join('').slice(0, 32)
    return /^(?:con|prn|aux|nul|com\d|lpt\d)?$/.test(letters) ? 'activity-' + letters : letters
  }

  // -- ways out --------------------------------------------------------------------------------------------------------

  function bytes (address) { return new TextEncoder().encode(address).length }
  function asked (address, parameters) {
    return address + '?' + Object.keys(parameters).map(function (key) { return encodeURIComponent(key) + '=' + encodeURIComponent(parameters[key]) }).join('&')
  }

  function platform (repository) {
    const host = /^https:\/\/([^/]+)\//.exec(repository)
    if (!host) return ''
    return host[1] === 'github.com' ? 'GitHub' : host[1] === 'gitee.com' ? 'Gitee' : /gitlab/.test(host[1]) ? 'GitLab' : ''
  }

  /* The whole address where it is short enough, else the one with less. */
  function way (label, address, parameters, spare) {
    const whole = asked(address, parameters)
    const isShort = bytes(whole) <= MOST_ADDRESS
    return { label: label, href: isShort ? whole : asked(address, spare), whole: isShort }
  }

  /* Addresses that take a file on: {request, issue, mail}, each {label, href, whole}; `whole`: the file's text goes along.
     A whole address of more than 7,000 bytes goes without the text, which is then copied by hand. */
  form.waysOut = function (settings, file) {
    const repository = settings.repository.replace(/\/+$/, '')
    const branch = settings.branch || 'main'
    const name = platform(repository)
    const cut = file.path.lastIndexOf('/')
    const folder = file.path.slice(0, cut)
    const base = file.path.slice(cut + 1)
    const title = (file.isNew ? '新增活动：' : '修改活动：') + file.title
    const body = file.path + '\n\n```yaml\n' + file.text + '```\n'
    const ways = {}

    if (name === 'GitHub') {
      ways.request = file.isNew
        ? way('到 GitHub 发起合并请求', repository + '/new/' + branch + '/' + folder, { filename: base, value: file.text }, { filename: base })
        : { label: '到 GitHub 改这个文件', href: repository + '/edit/' + branch + '/' + file.path, whole: false }
      ways.issue = way('到 GitHub 提交给管理员', repository + '/issues/new', { title: title, body: body }, { title: title })
    } else if (name === 'GitLab') { // its editor takes the name of a new file from the address, not the text
      ways.request = file.isNew
        ? { label: '到 GitLab 新建文件', href: asked(repository + '/-/new/' + branch + '/' + folder, { file_name: base }), whole: false }
        : { label: '到 GitLab 改这个文件', href: repository + '/-/edit/' + branch + '/' + file.path, whole: false }
      ways.issue = way('到 GitLab 提交给管理员', repository + '/-/issues/new', { 'issue[title]': title, 'issue[description]': body }, { 'issue[title]': title })
    } else if (name === 'Gitee') { // nothing says that its pages take text from the address
      ways.request = { label: file.isNew ? '到 Gitee 新建文件' : '到 Gitee 改这个文件', href: repository + (file.isNew ? '/new/' + branch + '/' + folder : '/edit/' + branch + '/' + file.path), whole: false }
      ways.issue = { label: '到 Gitee 提交给管理员', href: asked(repository + '/issues/new', { title: title }), whole: false }
    }
    if (settings.mail) ways.mail = way('发邮件', 'mailto:' + settings.mail, { subject: title, body: file.path + '\n\n' + file.text }, { subject: title })
    return ways
  }
})(typeof window === 'undefined' ? globalThis : window)
