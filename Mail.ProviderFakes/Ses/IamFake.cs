using System.Security;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mail.ProviderFakes.Ses;

public sealed record FakeAccessKey(string Id, string User, string Secret, bool IsActive);

/// <summary>IAM's query API (https://docs.aws.amazon.com/IAM/latest/APIReference): users, inline policies and access keys, with the parameters that each action needs and no others.</summary>
public sealed partial class IamFake
{
    private const int MostUsers = 5000;

    /// <summary>Required and optional parameters of each action, beside Action and Version.</summary>
    private static readonly Dictionary<string, (string[] Required, string[] Optional)> _actions = new()
    {
        ["CreateUser"] = (["UserName"], ["Path", "Tags.member.1.Key", "Tags.member.1.Value"]),
        ["GetUser"] = ([], ["UserName"]),
        ["DeleteUser"] = (["UserName"], []),
        ["PutUserPolicy"] = (["UserName", "PolicyName", "PolicyDocument"], []),
        ["DeleteUserPolicy"] = (["UserName", "PolicyName"], []),
        ["CreateAccessKey"] = ([], ["UserName"]),
        ["ListAccessKeys"] = ([], ["UserName", "Marker", "MaxItems"]),
        ["UpdateAccessKey"] = (["AccessKeyId", "Status"], ["UserName"]),
        ["DeleteAccessKey"] = (["AccessKeyId"], ["UserName"]),
        ["GetAccountSummary"] = ([], []),
    };

    private readonly Dictionary<string, Dictionary<string, string>> _users = []; // user to policies
    private readonly List<FakeAccessKey> _keys = [];
    private int _lastKey;

    public IReadOnlyCollection<string> Users => [.. _users.Keys];

    public IReadOnlyList<FakeAccessKey> Keys => [.. _keys];

    /// <summary>Actions that the connection's user may not do.</summary>
    public HashSet<string> Denied { get; } = [];

    /// <summary>How many keys one page of a list has.</summary>
    public int PageSize { get; set; } = 1;

    public void Reset()
    {
        _users.Clear();
        _keys.Clear();
        Denied.Clear();
        AddUser("somebody-elses");
        AddKey("somebody-elses");
    }

    public object Snapshot() => _users.Select(user => new { name = user.Key, policies = user.Value, keys = _keys.Where(key => key.User == user.Key).Select(key => new { key.Id, key.IsActive }) });

    public void AddUser(string name) => _users[name] = [];

    public FakeAccessKey AddKey(string user)
    {
        FakeAccessKey key = new($"AKIAFAKE{++_lastKey:D12}", user, $"{Guid.NewGuid():N}/+{Guid.NewGuid():N}"[..40], IsActive: true);
        _keys.Add(key);
        return key;
    }

    internal FakeAccessKey? Find(string keyId) => _keys.Find(key => key.Id == keyId);

    /// <summary>Whether a policy of the key's user lets it send as this address.</summary>
    internal bool Allows(string keyId, string from) => _users[Find(keyId)!.User].Values.Any(policy =>
    {
        JsonElement statement = JsonDocument.Parse(policy).RootElement.GetProperty("Statement")[0];
        return statement.GetProperty("Effect").GetString() == "Allow" && statement.GetProperty("Action").GetString() == "ses:SendRawEmail"
            && statement.GetProperty("Condition").GetProperty("StringEqualsIgnoreCase").GetProperty("ses:FromAddress").GetString()!.Equals(from, StringComparison.OrdinalIgnoreCase);
    });

    public static FakeAnswer Error(int status, string code, string message) => FakeAnswer.Xml(status,
        $"""<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>{(status < 500 ? "Sender" : "Receiver")}</Type><Code>{code}</Code><Message>{SecurityElement.Escape(message)}</Message></Error><RequestId>7a62c49f-347e-4fc4-9331-6e8eEXAMPLE</RequestId></ErrorResponse>""");

    internal FakeAnswer? Handle(FakeRequest request)
    {
        if (request.Method != "POST" || request.Path.Trim('/').Length > 0) return null;
        IReadOnlyDictionary<string, string> form = request.Form;
        string action = form.GetValueOrDefault("Action") ?? "";
        if (form.GetValueOrDefault("Version") != "2010-05-08" || !_actions.TryGetValue(action, out (string[] Required, string[] Optional) known)) throw new FormatException($"IAM has no action {action} of this version.");
        if (known.Required.FirstOrDefault(name => string.IsNullOrEmpty(form.GetValueOrDefault(name))) is { } missing) throw new FormatException($"{action} needs {missing}.");
        if (form.Keys.Except([.. known.Required, .. known.Optional, "Action", "Version"]).FirstOrDefault() is { } unknown) throw new FormatException($"{action} knows no {unknown}.");
        if (form.TryGetValue("UserName", out string? user) && !UserName().IsMatch(user)) return Error(400, "ValidationError", "The specified value for userName is invalid.");
        if (Denied.Contains(action)) return Error(403, "AccessDenied", $"User: arn:aws:iam::123456789012:user/mail is not authorized to perform: iam:{action}");
        if (action is "GetAccountSummary") return Ok(action, $"<SummaryMap><entry><key>Users</key><value>{_users.Count}</value></entry><entry><key>UsersQuota</key><value>{MostUsers}</value></entry></SummaryMap>");
        if (action is "CreateUser") return CreateUser(user!);
        if (user is null) throw new FormatException($"{action} without a user would be about the connection's own.");
        return _users.TryGetValue(user, out Dictionary<string, string>? policies) ? Of(action, user, policies, form) : Error(404, "NoSuchEntity", $"The user with name {user} cannot be found.");
    }

    private static FakeAnswer Ok(string action, string result = "") => FakeAnswer.Xml(200,
        $"""<{action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/">{(result.Length > 0 ? $"<{action}Result>{result}</{action}Result>" : "")}<ResponseMetadata><RequestId>7a62c49f-347e-4fc4-9331-6e8eEXAMPLE</RequestId></ResponseMetadata></{action}Response>""");

    private FakeAnswer CreateUser(string user)
    {
        if (_users.Count >= MostUsers) return Error(409, "LimitExceeded", $"Cannot exceed quota for UsersPerAccount: {MostUsers}");
        return _users.TryAdd(user, []) ? Ok("CreateUser", Shown(user)) : Error(409, "EntityAlreadyExists", $"User with name {user} already exists.");
    }

    private FakeAnswer Of(string action, string user, Dictionary<string, string> policies, IReadOnlyDictionary<string, string> form)
    {
        switch (action)
        {
            case "GetUser":
                return Ok(action, Shown(user));
            case "DeleteUser":
                if (_keys.Any(key => key.User == user)) return Error(409, "DeleteConflict", "Cannot delete entity, must delete access keys first.");
                if (policies.Count > 0) return Error(409, "DeleteConflict", "Cannot delete entity, must delete policies first.");
                _users.Remove(user);
                return Ok(action);
            case "PutUserPolicy":
                using (JsonDocument.Parse(form["PolicyDocument"])) policies[form["PolicyName"]] = form["PolicyDocument"];
                return Ok(action);
            case "DeleteUserPolicy":
                return policies.Remove(form["PolicyName"]) ? Ok(action) : Error(404, "NoSuchEntity", $"The user policy with name {form["PolicyName"]} cannot be found.");
            case "ListAccessKeys":
                return List(user, form);
            case "CreateAccessKey":
                if (_keys.Count(key => key.User == user) >= 2) return Error(409, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2");
                FakeAccessKey made = AddKey(user);
                return Ok(action, $"<AccessKey><UserName>{user}</UserName><AccessKeyId>{made.Id}</AccessKeyId><Status>Active</Status><SecretAccessKey>{made.Secret}</SecretAccessKey></AccessKey>");
        }

        int at = _keys.FindIndex(key => key.Id == form["AccessKeyId"] && key.User == user);
        if (at < 0) return Error(404, "NoSuchEntity", $"The Access Key with id {form["AccessKeyId"]} cannot be found.");
        if (action == "DeleteAccessKey") _keys.RemoveAt(at);
        else _keys[at] = _keys[at] with { IsActive = form["Status"] == "Active" };
        return Ok(action);
    }

    private FakeAnswer List(string user, IReadOnlyDictionary<string, string> form)
    {
        FakeAccessKey[] keys = [.. _keys.Where(key => key.User == user).SkipWhile(key => form.TryGetValue("Marker", out string? marker) && key.Id != marker)];
        string members = string.Concat(keys.Take(PageSize).Select(key => $"<member><UserName>{user}</UserName><AccessKeyId>{key.Id}</AccessKeyId><Status>{(key.IsActive ? "Active" : "Inactive")}</Status></member>"));
        bool isTruncated = keys.Length > PageSize;
        return Ok("ListAccessKeys", $"<UserName>{user}</UserName><AccessKeyMetadata>{members}</AccessKeyMetadata><IsTruncated>{(isTruncated ? "true" : "false")}</IsTruncated>{(isTruncated ? $"<Marker>{keys[PageSize].Id}</Marker>" : "")}");
    }

    private static string Shown(string user) => $"<User><Path>/</Path><UserName>{user}</UserName><UserId>AIDAFAKE</UserId><Arn>arn:aws:iam::123456789012:user/{user}</Arn></User>";

    [GeneratedRegex(@"\A[\w+=,.@-]{1,64}\z")]
    private static partial Regex UserName();
}
