package main

// managedFields as the API server would have written them: derived from the object itself,
// so that the bed's objects are as large as real ones.

import (
	"encoding/json"
	"maps"
	"slices"
)

// listKeys are the fields whose entries are told apart by a key. All other lists are owned whole.
var listKeys = map[string][]string{
	"containers": {"name"}, "env": {"name"}, "volumeMounts": {"mountPath"}, "volumes": {"name"},
	"ports": {"containerPort", "protocol"}, "conditions": {"type"}, "podIPs": {"ip"}, "hostIPs": {"ip"},
	"addresses": {"type"}, "ownerReferences": {"uid"},
}

// fieldsV1 is the set of fields of value, in the notation of managedFields.
func fieldsV1(value any) obj {
	out := obj{}
	object, ok := value.(obj)
	if !ok {
		return out
	}
	for key, child := range object {
		out["f:"+key] = ownedFields(key, child)
	}
	return out
}

func ownedFields(key string, child any) obj {
	rows, isList := child.([]obj)
	keys := listKeys[key]
	if !isList || keys == nil {
		return fieldsV1(child)
	}
	out := obj{".": obj{}}
	for _, row := range rows {
		pick := obj{}
		for _, k := range keys {
			pick[k] = row[k]
		}
		name, err := json.Marshal(pick)
		if err != nil {
			panic(err) // a row is plain JSON
		}
		entry := fieldsV1(row)
		entry["."] = obj{}
		out["k:"+string(name)] = entry
	}
	return out
}

// managed is one entry of managedFields: manager owns the given parts of the object.
func managed(manager, apiVersion, subresource, when string, parts obj) obj {
	entry := obj{"manager": manager, "operation": "Update", "apiVersion": apiVersion, "time": when,
		"fieldsType": "FieldsV1", "fieldsV1": fieldsV1(parts)}
	if subresource != "" {
		entry["subresource"] = subresource
	}
	return entry
}

// without is a copy of object that lacks some keys.
func without(object obj, keys ...string) obj {
	out := maps.Clone(object)
	maps.DeleteFunc(out, func(key string, _ any) bool { return slices.Contains(keys, key) })
	return out
}
