import path from 'node:path'
import { defineConfig, type Plugin } from 'vite'
import uni from '@dcloudio/vite-plugin-uni'

// uni-app's production code preloads an asset of its vendor with the AppID in
// the address. Nothing here talks to anybody but our own server.
const noBeacon = (): Plugin => ({
  name: 'no-beacon',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('@dcloudio/uni-mp-weixin/dist/uni.mp.esm.js')) return
    const out = code.replace('isFunction(wx.preloadAssets)', 'false')
    if (out === code) this.error('the vendor preloads elsewhere now: look for preloadAssets')
    return { code: out, map: null }
  },
})

// In a browser a slot is made when it is shown. On WeChat the page makes it, whether it is shown or not: what XyLoaded
// would show has to wait for its data there as well.
const loadedSlots = (): Plugin => ({
  name: 'loaded-slots',
  enforce: 'pre',
  transform(code, id) {
    if (!/pages[\\/]\w+[\\/]\w+\.vue$/.test(id)) return
    const slot = /(<XyLoaded(?:[^>"]|"[^"]*")*?\s:state="(\w+)"(?:[^>"]|"[^"]*")*>)([\s\S]*?)(<\/XyLoaded>)/g
    let found = 0
    const out = code.replace(slot, (_, begin, state, content, end) => {
      found++
      return `${begin}<template v-if="${state}.data !== undefined">${content}</template>${end}`
    })
    if (found !== code.split('<XyLoaded').length - 1) this.error('XyLoaded takes :state="name", and a content')
    return { code: out, map: null }
  },
})

// Addresses of documentation in error messages, and of the vendor's statistics, which nothing here turns on.
const foreign = /https:\/\/(?:vuejs\.org|[a-z0-9]+\.dcloud\.net\.cn)[\w./-]*/g
const noForeignHosts = (): Plugin => ({
  name: 'no-foreign-hosts',
  generateBundle(_, bundle) {
    for (const part of Object.values(bundle)) if (part.type === 'chunk') part.code = part.code.replace(foreign, '')
  },
})

// Pictures that uni-app's own styles fetch from its vendor are not used: away.
const localOnly = {
  postcssPlugin: 'local-only',
  Declaration(d: { value: string; remove(): void }) {
    if (/https?:\/\//.test(d.value)) d.remove()
  },
}

// Whether the package may ask for places is settled when it is finished (package/finish.mjs), in what was built once.
const settledLater = { 'import.meta.env.VITE_LOCATION': 'XINYUAN_LOCATION' }

export default defineConfig({
  define: process.env.UNI_PLATFORM === 'mp-weixin' ? settledLater : {},
  plugins: [noBeacon(), loadedSlots(), uni(), noForeignHosts()],
  base: './',
  resolve: { alias: { '@': path.resolve(__dirname, 'src') } },
  css: { postcss: { plugins: [localOnly] } },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:8080', '/demo': 'http://127.0.0.1:8080' } },
})
