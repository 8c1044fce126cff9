using System.Text.Json.Serialization;

namespace Inventory.Contracts.Reservations;

/// <summary>In JSON the name in lower case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReservationStatus>))]
public enum ReservationStatus
{
    /// <summary>Its stock is held: taken from what can be sold, and sold to nobody yet.</summary>
    [JsonStringEnumMemberName("held")]
    Held,

    /// <summary>It became the order of the same id.</summary>
    [JsonStringEnumMemberName("confirmed")]
    Confirmed,

    /// <summary>Its stock was given back on request.</summary>
    [JsonStringEnumMemberName("released")]
    Released,

    /// <summary>Its time ran out and its stock was given back.</summary>
    [JsonStringEnumMemberName("expired")]
    Expired,

    /// <summary>No stock was taken: a key was unknown or had too little.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,
}
