using k8s.Models;

namespace Inventory.Tests.Deploy.Network;

/// <summary>Which labels a selector selects. An empty one selects all.</summary>
internal static class LabelSelectors
{
    public static bool Selects(this V1LabelSelector selector, IDictionary<string, string> labels) =>
        (selector.MatchLabels ?? new Dictionary<string, string>())
            .All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value)
        && (selector.MatchExpressions ?? []).All(expression => Holds(expression, labels));

    private static bool Holds(V1LabelSelectorRequirement expression, IDictionary<string, string> labels)
    {
        var isThere = labels.TryGetValue(expression.Key, out var value);
        return expression.OperatorProperty switch
        {
            "Exists" => isThere,
            "DoesNotExist" => !isThere,
            "In" => isThere && expression.Values.Contains(value!),
            "NotIn" => !isThere || !expression.Values.Contains(value!),
            var other => throw new NotSupportedException($"Kubernetes knows no operator {other}."),
        };
    }
}
