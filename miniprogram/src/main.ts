import { createSSRApp } from 'vue'
import App from './App.vue'
// #ifdef H5
import LostPage from '@/components/page/LostPage.vue'
// #endif

export function createApp() {
  const app = createSSRApp(App)
  // #ifdef H5
  app.component('AsyncError', LostPage) // what the web build shows for a page that could not be fetched
  // #endif
  return { app }
}
