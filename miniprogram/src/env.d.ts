declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<object, object, unknown>
  export default component
}

interface ImportMetaEnv {
  /** Where the API is for the mini-program, for instance https://xinyuan.example.gov.cn; empty: the same server. */
  readonly VITE_API_BASE?: string
  /** The filing number (备案号) that the about page shows. */
  readonly VITE_FILING?: string
}
