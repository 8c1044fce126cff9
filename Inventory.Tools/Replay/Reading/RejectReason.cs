namespace Inventory.Tools.Replay.Reading;

/// <summary>Why a row makes no sense. The first that applies, in this order, is the one that is told.</summary>
internal enum RejectReason
{
    None,
    MalformedQuoting,
    WrongNumberOfColumns,
    MissingInvoiceNumber,
    MissingStockCode,
    MissingCountry,
    NotAStockItem,
    QuantityNotANumber,
    QuantityOutOfRange,
    QuantityZero,
    NegativeQuantityInOrder,
    PositiveQuantityInCancellation,
    PriceNotANumber,
    NegativePrice,
    DateNotUnderstood,
    IdentifierCollision,
}
