import { keyTable } from "../keys.ts";
import { Main } from "../parts/small.tsx";
import { writeKeysOn } from "../preferences.ts";
import type { Desk } from "../state.ts";

export function KeysPage({ desk }: { readonly desk: Desk }) {
  const { keysOn } = desk.state;
  return (
    <Main title="Keys">
      <p class="lead">Everything the keys do can be done with the mouse, too. In a text field they are letters.</p>
      <label class="tick">
        <input
          type="checkbox"
          checked={keysOn}
          onChange={() => {
            writeKeysOn(!keysOn);
            desk.update({ keysOn: !keysOn });
          }}
        />
        Single keys act
      </label>
      <table class="data keys">
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">What it does</th>
          </tr>
        </thead>
        <tbody>
          {keyTable.map(({ keys, does }) => (
            <tr>
              <td>
                {keys.map((key) => (
                  <kbd>{key}</kbd>
                ))}
              </td>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Main>
  );
}
