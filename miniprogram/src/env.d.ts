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
  /** Whom people ring who cannot manage by themselves; empty: the hotline 12345. */
  readonly VITE_SERVICE_PHONE?: string
  /** "no": the package asks for no place, so that it need not be declared to WeChat. */
  readonly VITE_LOCATION?: string
}

/** What of WeChat uni-app has no name for. */
declare const wx: {
  onNeedPrivacyAuthorization?(asked: (resolve: (answer: { event: 'agree' | 'disagree'; buttonId?: string }) => void) => void): void
  getRealtimeLogManager?(): { error(...parts: string[]): void }
  openPrivacyContract?(options: { success: () => void; fail: () => void }): void
  shareFileMessage?(options: { filePath: string; fileName: string; success: () => void; fail: () => void }): void
  requirePrivacyAuthorize?(options: { success(): void; fail(): void }): void
}
