using System.Text.Json.Serialization;

namespace Inventory.Contracts.Orders;

/// <summary>In JSON and in the database the name in lower case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderStatus>))]
public enum OrderStatus
{
    /// <summary>Its stock was taken.</summary>
    [JsonStringEnumMemberName("placed")]
    Placed,

    /// <summary>Its stock was given back.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    /// <summary>No stock was taken: a key was unknown or had too little.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,
}
