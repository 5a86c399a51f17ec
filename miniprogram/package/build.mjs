// Builds a county's mini-program, ready for WeChat's developer tools. Usage: node package/build.mjs COUNTY.json [FOLDER]
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { finish, problems } from './finish.mjs'
import { draw } from './pictures.mjs'
import { environment, wrongs } from './settings.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

function end(sentences) {
  for (const words of sentences) console.error(words)
  process.exit(1)
}

const [file, folder = 'dist/county'] = process.argv.slice(2)
if (!file) end(['请写明设置文件：make package COUNTY=county.json，照 miniprogram/package/county.example.json 写'])
if (!existsSync(file)) end([`没有 ${file} 这个文件`])
let county
try {
  county = JSON.parse(readFileSync(file, 'utf8'))
} catch {
  end([`${file} 不是 JSON：照 miniprogram/package/county.example.json 写`])
}
const wrong = wrongs(county)
if (wrong.length) end(wrong)

const out = path.resolve(root, folder)
const raw = out + '.raw' // what finishing begins with: the tests finish it in the other way as well
for (const old of [out, raw]) rmSync(old, { recursive: true, force: true })
const built = spawnSync('npx', ['uni', 'build', '-p', 'mp-weixin'], {
  cwd: root, encoding: 'utf8', env: { ...process.env, ...environment(county), CI: '1', UNI_OUTPUT_DIR: raw },
})
if (built.status !== 0) end([built.stdout, built.stderr, '没有打成包，原因在上面'])
await draw(raw)
cpSync(raw, out, { recursive: true })
finish(out, county)
const missing = problems(out, county)
if (missing.length) end(missing)
console.log(`打好了：${path.relative(process.cwd(), out)}，用微信开发者工具打开它，检查后上传（docs/launch.md）。`)
