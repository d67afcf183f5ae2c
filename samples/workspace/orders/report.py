"""Invoices and mismatches as plain text."""


def invoice_text(invoice):
    """One invoice as a block of lines, for the terminal and for support tickets."""
    rows = [f"{invoice.number}  {invoice.day}  {invoice.country}  {invoice.currency}"]
    for line in invoice.lines:
        origin = "" if line.source == invoice.currency else f"  (from {line.source})"
        rows.append(f"  {line.quantity:>4} x {line.title:<28} {line.net.amount:>16.6f}{origin}")
    rows.append(f"  {'net':<35} {invoice.net.amount:>16}")
    for tax_class, tax in invoice.taxes.items():
        rows.append(f"  {'tax, ' + tax_class:<35} {tax.amount:>16}")
    rows.append(f"  {'total':<35} {invoice.total.amount:>16}")
    return "\n".join(rows)


def mismatch_text(mismatch):
    invoice = mismatch.invoice
    return (
        f"MISMATCH {invoice.number} total={invoice.total.amount} booked={mismatch.booked.amount}"
        f" diff={mismatch.difference.amount:+} currency={invoice.currency}"
        f" converted={','.join(invoice.sources()) or '-'} lines={len(invoice.lines)}"
    )
