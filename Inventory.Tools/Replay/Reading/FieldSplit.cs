namespace Inventory.Tools.Replay.Reading;

/// <summary>How splitting a record into fields ended.</summary>
internal enum FieldSplit
{
    Complete,

    /// <summary>The last field began with a quote that the record does not close: it may go on in the next line.</summary>
    QuoteLeftOpen,

    /// <summary>Something follows a closing quote that is no delimiter.</summary>
    TextAfterQuote,
}
