// Compiles the built mini-program as WeChat's own tools would before an upload, without WeChat: bad WXML, WXSS or JS,
// and missing components end it. Usage: node check.cjs [folder]
const { generateKeyPairSync } = require('node:crypto')
const dns = require('node:dns')
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const path = require('node:path')

// The compiler would ask WeChat for lists that it does not need.
dns.lookup = (host, options, done = options) => done(Object.assign(new Error('offline'), { code: 'ENOTFOUND' }))

// It also tells of each step; what is wrong comes as an error.
for (const how of ['log', 'info', 'warn', 'error']) console[how] = () => undefined

// It gives its workers 20 s to begin and a package 60 s to compile, which a busy machine does not keep; it has no setting for them.
const { setTimeout } = globalThis
globalThis.setTimeout = (then, ms, ...rest) => setTimeout(then, ms >= 20_000 ? 1_200_000 : ms, ...rest)

const ci = require('miniprogram-ci')

const projectPath = path.resolve(process.argv[2] ?? path.join(__dirname, '../dist/build/mp-weixin'))
const temporary = mkdtempSync(path.join(tmpdir(), 'xinyuan-compile-'))
const setting = {
  MaxCodeSize: 2, MaxSubpackageSubCodeSize: 2, MaxSubpackageFullCodeSize: 20, NavigateMiniprogramLimit: 10,
  MaxSubPackageLimit: 100, MinTabbarCount: 2, MaxTabbarCount: 5, MaxTabbarIconSize: 40,
}

/** Bytes that WeChat takes for a package that is not divided: what is uploaded is ES5, which is larger than what is built. */
const limit = 2 << 20

/** Compiles. Error: what the compiler says is wrong, or how far it is too large. */
async function compile() {
  // A key of the right form: nothing is uploaded, so nobody ever sees it.
  const key = path.join(temporary, 'key.pem')
  writeFileSync(key, generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs1', format: 'pem' }))
  const project = new ci.Project({ appid: 'wx1234567890abcdef', type: 'miniProgram', projectPath, privateKeyPath: key })
  const attributes = { platform: false, appType: 0, isSandbox: false, released: false, setting }
  project.attr = () => Promise.resolve(attributes) // else it asks WeChat
  const files = await ci.getCompiledResult({
    project, version: '0.0.1', desc: 'check',
    setting: { es6: true, es7: true, minify: true, minifyJS: true, minifyWXML: true, minifyWXSS: true },
    onProgressUpdate: () => undefined,
  }, path.join(temporary, 'out.zip'))
  const count = Object.keys(files).length
  if (!count) throw new Error('nothing was compiled')
  const size = Object.values(files).reduce((sum, one) => sum + Buffer.byteLength(one), 0)
  if (size > limit) throw new Error(`the package has ${size} bytes as ES5, more than ${limit}: divide it`)
  return `${count} files, ${Math.round(size / 1000)} KB as ES5`
}

compile()
  .then((what) => `compiled: ${what}`, (e) => ((process.exitCode = 1), e.stack ?? String(e)))
  .then((said) => {
    rmSync(temporary, { recursive: true, force: true })
    process.stdout.write(said + '\n', () => process.exit()) // the compiler's workers would go on
  })
