// Mini-program codes: WeChat's own scanner opens the page `arrive` with a scene, which the server knows.
import { get } from './http'
import type { Place } from './go'
import type { Scene } from './types'

/** The scene of an address, as WeChat hands it over: encoded once more. */
export const sceneOf = (query: Record<string, string | undefined> = {}): string => {
  try {
    return decodeURIComponent(query.scene ?? '')
  } catch {
    return ''
  }
}

export const scenes = {
  get: (scene: string) => get<Scene>(`/scenes/${encodeURIComponent(scene)}`),
  door: (activity: string) => get<{ jpeg: string }>(`/activities/${activity}/door-code`),
  certificate: (id: string) => get<{ jpeg: string }>(`/certificates/${id}/code`),
  invitation: (team: string) => get<{ jpeg: string }>(`/teams/${team}/invitation-code`),
}

/** The page that a scene leads to; undefined: a certificate, which is shown at once. */
export function wayOf(s: Scene): { page: Place; query: Record<string, string> } | undefined {
  if (s.activityId) return { page: 'checkin', query: { id: s.activityId } }
  if (s.teamId) return { page: 'team', query: { id: s.teamId, code: s.code ?? '' } }
  return undefined
}
