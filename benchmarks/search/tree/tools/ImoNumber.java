/** A ship's number with its check digit. */
record ImoNumber(int value) {
  ImoNumber {
    if (checkDigit(value / 10) != value % 10) {
      throw new IllegalArgumentException("wrong check digit in IMO " + value);
    }
  }

  private static int checkDigit(int sixDigits) {
    int sum = 0;
    for (int factor = 2; factor <= 7; factor++) {
      sum += factor * (sixDigits % 10);
      sixDigits /= 10;
    }
    return sum % 10;
  }
}
