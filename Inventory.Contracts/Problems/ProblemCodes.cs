namespace Inventory.Contracts.Problems;

/// <summary>The <c>code</c> of a problem answer: stable, for programs; its title and detail are for people.</summary>
public static class ProblemCodes
{
    public const string BatchSizeOutOfRange = "BATCH_SIZE_OUT_OF_RANGE";
    public const string BodyTooLarge = "BODY_TOO_LARGE";
    public const string CancellationExceedsOrder = "CANCELLATION_EXCEEDS_ORDER";
    public const string Forbidden = "FORBIDDEN";
    public const string IdempotencyConflict = "IDEMPOTENCY_CONFLICT";
    public const string IdempotencyKeyInvalid = "IDEMPOTENCY_KEY_INVALID";
    public const string InvalidCursor = "INVALID_CURSOR";
    public const string InvalidExpiry = "INVALID_EXPIRY";
    public const string InvalidId = "INVALID_ID";
    public const string InvalidJson = "INVALID_JSON";
    public const string InvalidQuantity = "INVALID_QUANTITY";
    public const string InvalidReason = "INVALID_REASON";
    public const string InvalidVersion = "INVALID_VERSION";
    public const string LineCountOutOfRange = "LINE_COUNT_OUT_OF_RANGE";
    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";
    public const string NotEnoughStock = "NOT_ENOUGH_STOCK";
    public const string NotFound = "NOT_FOUND";
    public const string OrderAlreadyCancelled = "ORDER_ALREADY_CANCELLED";
    public const string OrderNotFound = "ORDER_NOT_FOUND";
    public const string OrderWasRejected = "ORDER_WAS_REJECTED";
    public const string RateLimited = "RATE_LIMITED";
    public const string RepeatedKey = "REPEATED_KEY";
    public const string RequestFailed = "REQUEST_FAILED";
    public const string RequestTimeout = "REQUEST_TIMEOUT";
    public const string ReservationExpired = "RESERVATION_EXPIRED";
    public const string ReservationNotFound = "RESERVATION_NOT_FOUND";
    public const string ReservationWasConfirmed = "RESERVATION_WAS_CONFIRMED";
    public const string ReservationWasRejected = "RESERVATION_WAS_REJECTED";
    public const string ReservationWasReleased = "RESERVATION_WAS_RELEASED";
    public const string StaleVersion = "STALE_VERSION";
    public const string StockCountOverflow = "STOCK_COUNT_OVERFLOW";
    public const string StockKeyNotFound = "STOCK_KEY_NOT_FOUND";
    public const string Unauthenticated = "UNAUTHENTICATED";
    public const string Unavailable = "UNAVAILABLE";
    public const string UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE";
    public const string VersionNotReached = "VERSION_NOT_REACHED";
}
