// What a built mini-program still needs to be a county's, and whether it then is.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { transformSync } from 'esbuild'
import { minimumLibrary } from './settings.mjs'

const read = (file) => JSON.parse(readFileSync(file, 'utf8'))
const write = (file, value) => writeFileSync(file, JSON.stringify(value, null, 2) + '\n')
const every = (folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name))
  .filter((name) => statSync(name).isFile())

/** Only what anybody may see without a session is found by WeChat's search. */
const sitemap = {
  rules: [
    { action: 'allow', page: 'pages/home/home' }, { action: 'allow', page: 'pages/wish/hall' }, { action: 'disallow', page: '*' },
  ],
}

const design = 'pages/me/design' // for whoever works on the pages

/** What the build leaves open, as vite.config.ts says: the package that asks for places and the one that does not are built once. */
const open = 'XINYUAN_LOCATION'

/** Settles it; code that is never reached then is left out. */
function settle(folder, county) {
  const define = { [open]: county.location ? '"yes"' : '"no"' }
  for (const file of every(folder).filter((f) => f.endsWith('.js'))) {
    const code = readFileSync(file, 'utf8')
    if (code.includes(open)) writeFileSync(file, transformSync(code, { define, minify: true, charset: 'utf8' }).code)
  }
}

/** Finishes the package in the folder. */
export function finish(folder, county) {
  settle(folder, county)
  const app = read(path.join(folder, 'app.json'))
  app.pages = app.pages.filter((page) => page !== design)
  for (const file of every(path.join(folder, path.dirname(design)))) {
    if (path.basename(file).startsWith(path.basename(design) + '.')) rmSync(file)
  }
  app.sitemapLocation = 'sitemap.json'
  if (!county.location) {
    delete app.requiredPrivateInfos
    delete app.permission
  }
  write(path.join(folder, 'app.json'), app)
  write(path.join(folder, 'sitemap.json'), sitemap)
  const project = read(path.join(folder, 'project.config.json'))
  write(path.join(folder, 'project.config.json'), { ...project, appid: county.appid, libVersion: minimumLibrary })
}

/** Why the folder is no package of this county; empty: it is. */
export function problems(folder, county) {
  const app = read(path.join(folder, 'app.json'))
  const code = every(folder).filter((f) => f.endsWith('.js')).map((f) => readFileSync(f, 'utf8'))
  const has = (text) => code.some((one) => one.includes(text))
  const found = []
  const want = (ok, words) => ok || found.push(words)
  want(has(`"${county.base}"`) || has(`'${county.base}'`), `包里没有服务器的地址 ${county.base}`)
  want(has(county.filing), '包里没有备案号')
  want(has(county.phone), '包里没有服务电话')
  want(read(path.join(folder, 'project.config.json')).appid === county.appid, 'project.config.json 里不是自己的 AppID')
  want(!app.pages.includes(design), '包里有开发用的页面 design')
  const site = path.join(folder, app.sitemapLocation ?? 'sitemap.json')
  want(existsSync(site) && read(site).rules?.length > 0, '没有 sitemap.json，或者里面没有规则：用 make package 重新打包')
  want(!has(open), `代码里还留着 ${open}：用 make package 重新打包`)
  for (const name of ['getLocation', 'chooseLocation']) {
    const declared = (app.requiredPrivateInfos ?? []).includes(name)
    want(declared === county.location, `app.json 的 requiredPrivateInfos ${declared ? '声明了' : '没有声明'} ${name}`)
    want(has(`.${name}(`) === county.location, `代码${county.location ? '没有' : '还在'}调用 ${name}`)
  }
  return found
}
