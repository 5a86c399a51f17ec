// What makes the mini-program a county's own, and what is wrong with it, in words for the person who wrote the file.

/** The oldest base library on which everything works: the privacy agreement came with it.
 *  https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html */
export const minimumLibrary = '2.32.3'

const rules = {
  appid: [/^wx[0-9a-f]{16}$/, 'appid 不对：公众平台“开发管理 → 开发设置”里的 AppID，wx 开头，后面 16 位'],
  filing: [/ICP备\d{6,}号/, 'filing 不对：小程序的备案号，例如 吉ICP备2026000001号-1X；没有备案不能上线'],
  phone: [/^(0\d{2,3}-?\d{7,8}|1\d{10}|400-?\d{3}-?\d{4}|\d{3,6})$/, 'phone 不对：居民办不来时打的服务电话，例如 0435-5226001'],
}

/** Says what is wrong with the address of the server; undefined: nothing. */
function wrongBase(base) {
  let url
  try {
    url = new URL(base)
  } catch {
    return 'base 不对：服务器的网址，例如 https://xinyuan.example.cn'
  }
  if (url.protocol !== 'https:') return 'base 要以 https:// 开头：微信不让小程序访问别的'
  if (/^[\d.]+$/.test(url.hostname) || url.hostname.startsWith('[')) return 'base 不能是 IP 地址：要写备案的域名'
  if (!url.hostname.includes('.')) return 'base 要写备案的域名，手机上打不开本机的名字'
  if (base.endsWith('/')) return 'base 末尾不要斜线'
  if (base !== url.origin) return 'base 只写到域名（和端口）为止，后面什么都不要'
  return undefined
}

/** All that is wrong with a county's file, each in one sentence. */
export function wrongs(county) {
  if (county === null || typeof county !== 'object' || Array.isArray(county)) return ['文件里要是一组设置，照 county.example.json 写']
  const known = [...Object.keys(rules), 'base', 'location']
  const found = Object.keys(county).filter((key) => !known.includes(key)).map((key) => `没有 ${key} 这个设置，照 county.example.json 写`)
  for (const key of known) if (county[key] === undefined || county[key] === '') found.push(`缺 ${key}`)
  for (const [key, [form, words]] of Object.entries(rules)) {
    if (county[key] && !(typeof county[key] === 'string' && form.test(county[key]))) found.push(words)
  }
  if (county.base) found.push(wrongBase(county.base))
  if (county.location !== undefined && typeof county.location !== 'boolean') found.push('location 写 true（签到时可以附上位置）或 false（不要位置）')
  return found.filter(Boolean)
}

/** What the build reads of it. */
export const environment = (county) => ({
  VITE_API_BASE: county.base, VITE_FILING: county.filing, VITE_SERVICE_PHONE: county.phone,
  VITE_LOCATION: county.location ? 'yes' : 'no',
})
