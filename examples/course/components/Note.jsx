export function Note({ title, children }) {
  return (
    <aside>
      <strong>{title}</strong>
      {children}
    </aside>
  );
}
