using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mail.ProviderFakes.Microsoft365;

/// <summary>Graph v1.0, as much of it as mailboxes need: users, groups, licences, domains, deleted items.</summary>
internal sealed partial class FakeGraph(FakeTenant tenant, FakeEntraLogin login)
{
    private static readonly SearchValues<char> _noNickname = SearchValues.Create("@()\\[]\";:<>, ");
    private static readonly string[] _mailServices = ["Email", "OfficeCommunicationsOnline"];
    private static readonly string[] _required = ["accountEnabled", "displayName", "mailNickname", "passwordProfile", "userPrincipalName"];

    public FakeAnswer? Handle(FakeRequest request, string[] path)
    {
        if (!login.Knows(request.Bearer)) return Microsoft365Fake.Error(401, "InvalidAuthenticationToken", request.Bearer is null ? "Access token is empty." : "Access token has expired or is not yet valid.");
        if (!request.Body.IsEmpty && request.Header("Content-Type") != "application/json") throw new InvalidOperationException("A body is JSON.");
        return (request.Method, path) switch
        {
            ("GET", ["users"]) => Search(request, tenant.Users.Where(user => !user.IsDeleted && !IsHidden(user)).ToList(), Matches),
            ("POST", ["users"]) => Create(request.Json),
            ("GET", ["users", string key]) => Find(key) is { } user ? User(user, request) : NotFound(key),
            ("PATCH", ["users", string key]) => Find(key) is { } user ? Change(user, request.Json) : NotFound(key),
            ("DELETE", ["users", string key]) => Find(key) is { } user ? Delete(user) : NotFound(key),
            ("POST", ["users", string key, "assignLicense"]) => Find(key) is { } user ? Assign(user, request.Json) : NotFound(key),
            ("POST", ["users", string key, "revokeSignInSessions"]) => Find(key) is { } user ? Revoke(user) : NotFound(key),
            ("GET", ["groups"]) => Search(request, tenant.Groups, MatchesGroup),
            ("GET", ["subscribedSkus"]) => Page(request, tenant.Skus, Sku),
            ("GET", ["domains", string name]) => tenant.Domains.FirstOrDefault(domain => domain.Name == name) is { } domain ? Domain(domain) : NotFound(name),
            ("GET", ["directory", "deletedItems", "microsoft.graph.user"]) => Page(request, tenant.Users.Where(user => user.IsDeleted).ToList(), user => Fields(user, request)),
            ("GET", ["directory", "deletedItems", string id]) => Deleted(id) is { } user ? User(user, request) : NotFound(id),
            ("DELETE", ["directory", "deletedItems", string id]) => Deleted(id) is { } user && tenant.Users.Remove(user) ? FakeAnswer.Empty() : NotFound(id),
            _ => null,
        };
    }

    private static FakeAnswer NotFound(string key) =>
        Microsoft365Fake.Error(404, "Request_ResourceNotFound", $"Resource '{key}' does not exist or one of its queried reference-property objects are not present.");

    private static FakeAnswer Bad(string message) => Microsoft365Fake.Error(400, "Request_BadRequest", message);

    private static bool IsHidden(FakeGraphUser user) => user.HiddenReads > 0;

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>https://learn.microsoft.com/entra/identity/authentication/concept-sspr-policy#microsoft-entra-password-policies</summary>
    private static bool IsStrong(string password, FakeGraphUser user) =>
        password.Length is >= 8 and <= 256 && !password.Contains(user.MailNickname, StringComparison.OrdinalIgnoreCase)
        && new[] { password.Any(char.IsAsciiLetterLower), password.Any(char.IsAsciiLetterUpper), password.Any(char.IsAsciiDigit), password.Any(c => !char.IsAsciiLetterOrDigit(c)) }.Count(has => has) >= 3;

    private static bool Matches(FakeGraphUser user, string field, string value) => field switch
    {
        "userPrincipalName" => user.UserPrincipalName.Equals(value, StringComparison.OrdinalIgnoreCase),
        "mail" => user.Mail?.Equals(value, StringComparison.OrdinalIgnoreCase) == true,
        "proxyAddresses" => user.ProxyAddresses.Contains(value),
        _ => throw new InvalidOperationException($"No filter by {field}."),
    };

    private static bool MatchesGroup(string group, string field, string value) => field switch
    {
        "mail" => group.Equals(value, StringComparison.OrdinalIgnoreCase),
        "proxyAddresses" => value == $"SMTP:{group}",
        _ => throw new InvalidOperationException($"No filter by {field}."),
    };

    private FakeGraphUser? Deleted(string id) => tenant.Users.FirstOrDefault(user => user.IsDeleted && user.Id == id);

    private FakeGraphUser? Find(string key)
    {
        if (tenant.Users.FirstOrDefault(one => !one.IsDeleted && (one.Id == key || one.UserPrincipalName.Equals(key, StringComparison.OrdinalIgnoreCase))) is not { } user) return null;
        if (!IsHidden(user)) return user;
        user.HiddenReads--; // every look brings its day nearer
        return null;
    }

    private FakeAnswer Create(JsonElement json)
    {
        foreach (string name in _required)
            if (!json.TryGetProperty(name, out _)) return Bad($"A value is required for property '{name}' of resource 'User'.");
        string name0 = Text(json, "userPrincipalName")!;
        if (tenant.Domains.All(domain => !domain.IsVerified || !name0.EndsWith($"@{domain.Name}", StringComparison.OrdinalIgnoreCase)))
            return Microsoft365Fake.Error(400, "Request_BadRequest", "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.", "InvalidValue", "userPrincipalName");
        if (tenant.Users.Any(user => !user.IsDeleted && user.UserPrincipalName.Equals(name0, StringComparison.OrdinalIgnoreCase))) return Conflict("userPrincipalName");
        if (tenant.Users.Any(user => user.ProxyAddresses.Contains($"SMTP:{name0}"))) return Conflict("proxyAddresses"); // also of a deleted one
        if (tenant.Users.Count >= tenant.Quota)
            return Microsoft365Fake.Error(403, "Directory_QuotaExceeded", "The directory object quota limit for the Tenant has been exceeded. Please ask your administrator to increase the quota limit or delete objects to reduce the used quota.");
        FakeGraphUser made = new() { UserPrincipalName = name0, MailNickname = Text(json, "mailNickname")!, HiddenReads = tenant.HiddenReads, MailboxReads = tenant.MailboxReads };
        if (made.MailNickname.Length > 64 || made.MailNickname.AsSpan().ContainsAny(_noNickname)) return Bad("Invalid value specified for property 'mailNickname' of resource 'User'.");
        FakeAnswer applied = Change(made, json);
        if (applied.Status != 204) return applied;
        if (tenant.LicensesByItself) made.Licences.Add(FakeTenant.ExchangeSku);
        tenant.Users.Add(made);
        return FakeAnswer.Json(201, new { id = made.Id, userPrincipalName = made.UserPrincipalName, displayName = made.DisplayName, mail = (string?)null });
    }

    private static FakeAnswer Conflict(string property) =>
        Microsoft365Fake.Error(400, "Request_BadRequest", $"Another object with the same value for property {property} already exists.", "ObjectConflict", property);

    private static FakeAnswer Change(FakeGraphUser user, JsonElement json)
    {
        foreach (JsonProperty property in json.EnumerateObject())
        {
            switch (property.Name)
            {
                case "accountEnabled": user.AccountEnabled = property.Value.GetBoolean(); break;
                case "displayName" when property.Value.GetString() is { Length: > 0 and <= 256 } name: user.DisplayName = name; break;
                case "passwordProfile":
                    if (property.Value.EnumerateObject().Any(one => one.Name is not ("password" or "forceChangePasswordNextSignIn"))) throw new InvalidOperationException("A password profile has no such member.");
                    string password = Text(property.Value, "password")!;
                    if (!IsStrong(password, user)) return Bad("The specified password does not comply with password complexity requirements. Please provide a different password.");
                    user.Password = password;
                    break;
                case "passwordPolicies" when property.Value.GetString() == "DisablePasswordExpiration": break;
                case "usageLocation":
                    if (property.Value.GetString() is not ("FR" or "DE" or "US" or "GB")) return Bad("Invalid value specified for property 'usageLocation' of resource 'User'.");
                    user.UsageLocation = property.Value.GetString();
                    break;
                case "onPremisesExtensionAttributes": user.Attribute15 = Text(property.Value, "extensionAttribute15"); break;
                case "mailNickname" or "userPrincipalName": break;
                default: return Bad($"Invalid value specified for property '{property.Name}' of resource 'User'.");
            }
        }

        return FakeAnswer.Empty();
    }

    private static FakeAnswer Delete(FakeGraphUser user)
    {
        user.IsDeleted = true;
        user.UserPrincipalName = user.Id.Replace("-", "", StringComparison.Ordinal) + user.UserPrincipalName; // so that it collides with nobody's
        user.Licences.Clear();
        return FakeAnswer.Empty();
    }

    private static FakeAnswer Revoke(FakeGraphUser user)
    {
        user.RevokedSessions++;
        return FakeAnswer.Json(200, new Dictionary<string, object> { ["@odata.context"] = "https://graph.microsoft.com/v1.0/$metadata#Edm.Boolean", ["value"] = true });
    }

    private FakeAnswer Assign(FakeGraphUser user, JsonElement json)
    {
        if (!json.TryGetProperty("removeLicenses", out _)) return Bad("One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: removeLicenses.");
        if (user.UsageLocation is null) return Bad("License assignment cannot be done for user with invalid usage location.");
        foreach (JsonElement wish in json.GetProperty("addLicenses").EnumerateArray())
        {
            string id = Text(wish, "skuId")!;
            if (tenant.Skus.FirstOrDefault(one => one.Id == id) is not { } sku) return Bad($"License {id} does not correspond to a valid company License.");
            if (!user.Licences.Contains(id) && tenant.Consumed(sku) >= sku.Units) return Bad($"Subscription with SKU {id} does not have any available licenses.");
            user.Licences.Add(id);
        }

        return FakeAnswer.Json(200, new { id = user.Id });
    }

    /// <summary>Exchange makes the mailbox some time after the licence.</summary>
    private static void Settle(FakeGraphUser user)
    {
        if (user.Mail is not null || user.Licences.Count == 0 || user.IsDeleted || user.MailboxReads-- > 0) return;
        user.Mail = user.UserPrincipalName;
        user.ProxyAddresses.Add($"SMTP:{user.UserPrincipalName}");
    }

    private static FakeAnswer User(FakeGraphUser user, FakeRequest request)
    {
        Settle(user);
        return FakeAnswer.Json(200, Fields(user, request));
    }

    /// <summary>Only what was asked for: much of it never comes by itself.</summary>
    private static Dictionary<string, object?> Fields(FakeGraphUser user, FakeRequest request) => request.Query["$select"].Split(',').ToDictionary(name => name, object? (name) => name switch
    {
        "id" => user.Id,
        "userPrincipalName" => user.UserPrincipalName,
        "accountEnabled" => user.AccountEnabled,
        "mail" => user.Mail,
        "proxyAddresses" => user.ProxyAddresses,
        "usageLocation" => user.UsageLocation,
        "assignedLicenses" => user.Licences.Select(sku => new { disabledPlans = Array.Empty<string>(), skuId = sku }),
        "onPremisesExtensionAttributes" => new { extensionAttribute1 = (string?)null, extensionAttribute15 = user.Attribute15 },
        _ => throw new InvalidOperationException($"A user has no {name}."),
    });

    private Dictionary<string, object?> Sku(FakeSku sku) => new()
    {
        ["skuId"] = sku.Id, ["skuPartNumber"] = sku.PartNumber, ["capabilityStatus"] = sku.Status, ["consumedUnits"] = tenant.Consumed(sku), ["prepaidUnits"] = new { enabled = sku.Units, suspended = 0, warning = 0, lockedOut = 0 },
    };

    private static FakeAnswer Domain(FakeDomain domain) =>
        FakeAnswer.Json(200, new { id = domain.Name, isVerified = domain.IsVerified, isDefault = false, supportedServices = domain.HasMail ? _mailServices : [] });

    /// <summary>An advanced query: refused without the header and the count that say so (https://learn.microsoft.com/graph/aad-advanced-queries).</summary>
    private FakeAnswer Search<T>(FakeRequest request, IReadOnlyList<T> all, Func<T, string, string, bool> matches)
    {
        if (request.Header("ConsistencyLevel") != "eventual" || request.Query.GetValueOrDefault("$count") != "true") return Microsoft365Fake.Error(400, "Request_UnsupportedQuery", "Unsupported or invalid query filter clause specified for property 'proxyAddresses' of resource 'User'.");
        (string Field, string Value)[] clauses = [.. request.Query["$filter"].Split(" or ").Select(Clause)];
        T[] found = [.. all.Where(one => clauses.Any(clause => matches(one, clause.Field, clause.Value)))];
        return Page(request, found, one => one is FakeGraphUser user ? Fields(user, request) : new Dictionary<string, object?> { ["id"] = "02bd9fd6-8f93-4758-87c3-1fb73740a315" });
    }

    private static (string Field, string Value) Clause(string text)
    {
        Match match = ClausePattern().Match(text);
        if (!match.Success) throw new InvalidOperationException($"No filter: {text}");
        return (match.Groups["field"].Value, match.Groups["value"].Value.Replace("''", "'", StringComparison.Ordinal));
    }

    private FakeAnswer Page<T>(FakeRequest request, IReadOnlyList<T> all, Func<T, Dictionary<string, object?>> fields)
    {
        int skip = request.Query.TryGetValue("$skiptoken", out string? token) ? int.Parse(token, System.Globalization.CultureInfo.InvariantCulture) : 0;
        Dictionary<string, object?> page = new() { ["@odata.context"] = "https://graph.microsoft.com/v1.0/$metadata", ["value"] = all.Skip(skip).Take(tenant.PageSize).Select(fields) };
        if (all.Count > skip + tenant.PageSize) page["@odata.nextLink"] = $"http://{request.Header("Host")}{request.RawTarget.Split("&$skiptoken=")[0]}&$skiptoken={skip + tenant.PageSize}";
        return FakeAnswer.Json(200, page);
    }

    [GeneratedRegex(@"^(?:(?<field>\w+) eq|(?<field>\w+)/any\((?<x>\w):\k<x> eq) '(?<value>(?:[^']|'')*)'\)?$")]
    private static partial Regex ClausePattern();
}
