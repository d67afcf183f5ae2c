import { useState } from "react";
import { postBooking } from "./apiClient";

export function BookingForm({ onBooked }: { onBooked: (id: string) => void }) {
  const [problem, setProblem] = useState<string | null>(null);

  async function submit(event: React.FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const answer = await postBooking(new FormData(event.currentTarget));
    if (answer.ok) {
      onBooked(answer.bookingId);
    } else {
      setProblem(answer.message);
    }
  }

  return (
    <form onSubmit={submit}>
      {problem && <p role="alert">{problem}</p>}
      <input name="imoNumber" pattern="[0-9]{7}" required />
    </form>
  );
}
