using System.Net;
using Inventory.Tests.Deploy.Chart;
using Inventory.Tests.Deploy.Network;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Inventory.Tests.Deploy.Cluster;

/// <summary>A node that is drained takes away no more pods at once than their disruption budget allows.</summary>
[Collection(ControlPlane.Name)]
[Trait("Category", "Long")]
public sealed class EvictionTests(ControlPlane cluster, PublishedChart published)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_budget_holds_an_eviction_too_many()
    {
        ControlPlane.Require();
        await using var installation = await Installation.CreateAsync(cluster, await published.LoadAsync(Cancellation));
        (await installation.UpgradeAsync(ValueSet.TryOut)).Succeeded();
        await Installation.WaitUntilAsync("every budget allows an eviction, and not every one", async () =>
            (await BudgetsAsync(installation)).All(budget =>
                budget.Status.DisruptionsAllowed > 0 && budget.Status.DisruptionsAllowed < budget.Status.CurrentHealthy));
        var budgets = await BudgetsAsync(installation);
        Assert.Equal(
            (await installation.DeploymentsAsync()).Select(Component).Order(),
            budgets.Select(budget => budget.Spec.Selector.MatchLabels[ChartLabels.Component]).Order());

        // Where no node takes a pod, none takes the place of an evicted one, however slow or quick this machine is.
        await CordonAsync("cordon");
        try
        {
            foreach (var budget in budgets)
            {
                await AssertHoldsAsync(installation, budget);
            }
        }
        finally
        {
            await CordonAsync("uncordon");
        }
    }

    private async Task AssertHoldsAsync(Installation installation, V1PodDisruptionBudget budget)
    {
        var pods = (await installation.PodsAsync())
            .Where(pod => budget.Spec.Selector.Selects(pod.Metadata.Labels) && pod.Status.Phase == "Running")
            .ToList();
        var allowed = budget.Status.DisruptionsAllowed!.Value;
        Assert.InRange(allowed, 1, pods.Count - 1);
        foreach (var pod in pods.Take(allowed))
        {
            await EvictAsync(pod);
        }

        var refused = await Assert.ThrowsAsync<HttpOperationException>(() => EvictAsync(pods[allowed]));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Response.StatusCode);
        Assert.Contains("disruption budget", refused.Response.Content, StringComparison.Ordinal);
    }

    private Task<V1Eviction> EvictAsync(V1Pod pod) => cluster.Api.CoreV1.CreateNamespacedPodEvictionAsync(
        new V1Eviction { Metadata = new V1ObjectMeta { Name = pod.Metadata.Name, NamespaceProperty = pod.Metadata.NamespaceProperty } },
        pod.Metadata.Name,
        pod.Metadata.NamespaceProperty,
        cancellationToken: Cancellation);

    private async Task CordonAsync(string command)
    {
        foreach (var node in (await cluster.Api.CoreV1.ListNodeAsync(cancellationToken: Cancellation)).Items)
        {
            (await cluster.Kubectl.RunAsync([command, node.Metadata.Name], cancellationToken: Cancellation)).Succeeded();
        }
    }

    private async Task<IList<V1PodDisruptionBudget>> BudgetsAsync(Installation installation) =>
        (await cluster.Api.PolicyV1.ListNamespacedPodDisruptionBudgetAsync(
            installation.Namespace, cancellationToken: Cancellation)).Items;

    private static string Component(V1Deployment deployment) =>
        deployment.Spec.Template.Metadata.Labels[ChartLabels.Component];
}
