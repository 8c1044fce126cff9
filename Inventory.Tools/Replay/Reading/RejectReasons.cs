using System.Text.Json;

namespace Inventory.Tools.Replay.Reading;

internal static class RejectReasons
{
    private static readonly Dictionary<RejectReason, string> Codes = Enum.GetValues<RejectReason>()
        .ToDictionary(reason => reason, reason => JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString()));

    /// <summary>As the summary and the file of rejected rows name it, such as <c>quantity-zero</c>.</summary>
    public static string Code(this RejectReason reason) => Codes[reason];
}
