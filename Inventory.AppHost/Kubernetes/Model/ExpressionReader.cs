using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Inventory.AppHost.Kubernetes.Model;

/// <summary>Says the values of one resource of the model in the chart's terms, and notes which arrows of the picture they are.</summary>
/// <param name="self">The resource whose variables and arguments are read.</param>
internal sealed class ExpressionReader(string self)
{
    private readonly HashSet<NetworkEdge> _edges = [];
    private readonly HashSet<string> _secrets = [];

    /// <summary>From this resource to those that the values read so far refer to.</summary>
    public IReadOnlyCollection<NetworkEdge> Edges => _edges;

    /// <exception cref="DistributedApplicationException">The value cannot be said in a chart.</exception>
    public ModelText Read(object value)
    {
        _secrets.Clear();
        var text = Text(value);
        return new ModelText(text, [.. _secrets.Order(StringComparer.Ordinal)]);
    }

    private string Text(object? value) => value switch
    {
        null => "",
        string text => Literal(text),
        ParameterResource parameter => Parameter(parameter),
        ReferenceExpression { IsConditional: true } choice =>
            Text(string.Equals(Text(choice.Condition), choice.MatchValue, StringComparison.OrdinalIgnoreCase)
                ? choice.WhenTrue
                : choice.WhenFalse),
        ReferenceExpression expression => Format(expression),
        ConnectionStringReference reference => Text(reference.Resource.ConnectionStringExpression),
        IResourceWithConnectionString resource => Text(resource.ConnectionStringExpression),
        EndpointReference endpoint => Endpoint(endpoint, EndpointProperty.Url),
        EndpointReferenceExpression property => Endpoint(property.Endpoint, property.Property),
        IResourceBuilder<IResource> builder => Text(builder.Resource),
        IFormattable number => number.ToString(format: null, CultureInfo.InvariantCulture),
        _ => throw new DistributedApplicationException($"{self} has a value of {value.GetType().Name}, which the chart cannot say."),
    };

    // What Helm or Kubernetes would take for a reference of theirs. Nothing of ours has it.
    private string Literal(string text) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("$(", StringComparison.Ordinal)
            ? throw new DistributedApplicationException($"{self} has the value '{text}', which would be filled in as a template.")
            : text;

    private string Parameter(ParameterResource parameter)
    {
        if (parameter.Secret)
        {
            _secrets.Add(parameter.Name);
            return ModelText.Reference(parameter.Name);
        }

        return $$$"""{{ index .Values.parameters "{{{parameter.Name}}}" }}""";
    }

    private string Format(ReferenceExpression expression)
    {
        if (expression.StringFormats.Any(format => format is not null))
        {
            throw new DistributedApplicationException(
                $"{self} has '{expression.ValueExpression}', a part of which is to be encoded: only the value itself could be.");
        }

        return string.Format(
            CultureInfo.InvariantCulture, Literal(expression.Format), [.. expression.ValueProviders.Select(Text)]);
    }

    private string Endpoint(EndpointReference reference, EndpointProperty property)
    {
        var endpoint = ModelEndpoint.Of(reference);
        if (reference.Resource.Name != self)
        {
            _edges.Add(new NetworkEdge(self, reference.Resource.Name, endpoint.TargetPort));
        }

        var host = reference.Resource.Name;
        return property switch
        {
            EndpointProperty.Url => string.Create(CultureInfo.InvariantCulture, $"{endpoint.Scheme}://{host}:{endpoint.Port}"),
            EndpointProperty.HostAndPort => string.Create(CultureInfo.InvariantCulture, $"{host}:{endpoint.Port}"),
            EndpointProperty.Host or EndpointProperty.IPV4Host => host,
            EndpointProperty.Port => endpoint.Port.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.TargetPort => endpoint.TargetPort.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.Scheme => endpoint.Scheme,
            EndpointProperty.TlsEnabled => bool.FalseString,
            _ => throw new DistributedApplicationException($"{self} asks for {property} of {host}, which the chart cannot say."),
        };
    }
}
