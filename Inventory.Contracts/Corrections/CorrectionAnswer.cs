using System.Text.Json.Serialization;
using Inventory.Contracts.Inbounds;
using Inventory.Contracts.Orders;

namespace Inventory.Contracts.Corrections;

/// <summary>The answer to <c>POST /corrections</c>: a result for each of its lines.</summary>
/// <param name="CorrectionId">The id that the client chose.</param>
/// <param name="CorrectedAt">UTC.</param>
/// <param name="Reason">As in the request.</param>
/// <param name="Lines">What was corrected, by stock key, with the stock that it left.</param>
/// <param name="Refused">What was not, with the reason; absent when everything was.</param>
public sealed record CorrectionAnswer(
    Guid CorrectionId,
    DateTimeOffset CorrectedAt,
    string Reason,
    IReadOnlyList<ChangedLine> Lines,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<RefusedLine>? Refused = null);
