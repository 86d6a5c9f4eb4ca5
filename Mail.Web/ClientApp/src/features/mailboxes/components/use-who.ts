import { useQuery } from '@tanstack/react-query';
import { listPeople } from '../api/list-people';

/** Reads `member {id}` and `user:{id}` as the person's address; an app's own user, and a key, stand as they are. */
export function useWho() {
  const people = useQuery(listPeople());
  return (name: string) => {
    const id = /^(?:member |user:)(.+)$/.exec(name)?.[1];
    return (id === undefined ? undefined : people.data?.get(id)) ?? name;
  };
}
