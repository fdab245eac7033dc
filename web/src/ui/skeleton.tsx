/** A grey stand-in of the size of what comes, so that nothing moves when it does. The region around it says `aria-busy`. */
export function Skeleton({ className = '' }: { className?: string }) {
  return <span aria-hidden="true" className={`skeleton block ${className}`} />;
}
