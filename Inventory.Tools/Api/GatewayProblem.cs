namespace Inventory.Tools.Api;

/// <summary>Why a request was not done.</summary>
/// <param name="Status">HTTP status, or 0 when no answer came.</param>
/// <param name="Code">The problem's code, or one of the constants here.</param>
/// <param name="Detail">A sentence for people.</param>
/// <param name="GaveUp">Whether the client stopped trying although a later try might succeed.</param>
internal sealed record GatewayProblem(int Status, string Code, string Detail, bool GaveUp = false)
{
    public const string ConnectionFailed = "CONNECTION_FAILED";
    public const string AnswerNotUnderstood = "ANSWER_NOT_UNDERSTOOD";
    public const string NoCode = "NO_CODE";

    public override string ToString() => $"{Code} ({Status}): {Detail}";
}
