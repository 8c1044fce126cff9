namespace Inventory.Tools.Replay.Reading;

/// <summary>A row that makes sense.</summary>
/// <param name="Invoice">The invoice number in capitals.</param>
/// <param name="IsCredit">Whether the invoice cancels or returns: its number begins with <c>C</c>.</param>
/// <param name="StockCode">Trimmed, as the file writes it.</param>
/// <param name="Description">May be empty.</param>
/// <param name="Quantity">Above zero, for a credit too.</param>
/// <param name="Customer">May be empty.</param>
/// <param name="Country">Trimmed, as the file writes it.</param>
internal readonly record struct LogRow(
    string Invoice,
    bool IsCredit,
    string StockCode,
    string Description,
    int Quantity,
    string Customer,
    string Country);
