using Inventory.Tools.Replay.Mapping;
using Inventory.Tools.Replay.Planning;
using Inventory.Tools.Replay.Reading;

namespace Inventory.Tools.Replay;

/// <summary>A file that was read to its end.</summary>
internal sealed record LogReadResult(
    LogFormat Format,
    RowCounts Rows,
    IReadOnlyList<Invoice> Invoices,
    IdentifierMapping Mapping);
