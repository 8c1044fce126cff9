using System.Diagnostics.CodeAnalysis;

namespace Inventory.Tools.Api;

/// <summary>An answer or a problem, never both.</summary>
internal sealed class GatewayReply<T>
    where T : class
{
    public GatewayReply(T answer) => Answer = answer;

    public GatewayReply(GatewayProblem problem) => Problem = problem;

    public T? Answer { get; }

    public GatewayProblem? Problem { get; }

    public bool TryGet([NotNullWhen(true)] out T? answer, [NotNullWhen(false)] out GatewayProblem? problem)
    {
        answer = Answer;
        problem = Problem;
        return answer is not null;
    }
}
